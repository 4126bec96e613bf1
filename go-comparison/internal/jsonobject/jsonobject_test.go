package jsonobject

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
)

func TestStrings(t *testing.T) {
	got, err := Strings([]byte(` { "a" : "\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00 é😀\ufffd", "b\u0063":"\\ud800" } `))
	want := map[string]string{"a": "\"\\/\b\f\n\r\té😀 é😀\ufffd", "bc": `\ud800`}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := Strings([]byte(`{}`)); err != nil || len(got) != 0 {
		t.Errorf("%q, %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct{ data, says string }{
		{``, "invalid JSON at byte 0"},
		{`{`, "invalid JSON at byte 1"},
		{`hello`, "invalid JSON at byte 1"},
		{`{"a":"b",}`, "invalid JSON at byte 10"},
		{`{"a":"b"}x`, "invalid JSON at byte 10"},
		{`{"a":"b"}{}`, "invalid JSON at byte 10"},
		{"{\"a\":\"\t\"}", "invalid JSON at byte 7"},
		{`[]`, "not a JSON object"},
		{`null`, "not a JSON object"},
		{`"a"`, "not a JSON object"},
		{"{\"a\":\"\xff\"}", "not valid UTF-8"},
		{`{"a":1}`, "`a` is not a string"},
		{`{"a":null}`, "`a` is not a string"},
		{`{"a":{"b":"c"}}`, "`a` is not a string"},
		{`{"a":["b"]}`, "`a` is not a string"},
		{`{"a":"1","a":"2"}`, "`a` appears twice"},
		{`{"a":"1","\u0061":"2"}`, "`a` appears twice"},
		{`{"a":"\ud800"}`, "surrogate"},
		{`{"a":"\udc00x"}`, "surrogate"},
		{`{"a":"\ud800\n"}`, "surrogate"},
		{`{"a":"\ud800\ud800"}`, "surrogate"},
		{`{"a":"\ud800\u0041"}`, "surrogate"},
		{`{"\udfff":"a"}`, "surrogate"},
	} {
		if got, err := Strings([]byte(c.data)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %q, %v", c.data, got, err)
		}
	}
}

// What is read is what encoding/json reads, and what that refuses is
// refused. Try more with: go test ./internal/jsonobject -fuzz FuzzStrings
func FuzzStrings(f *testing.F) {
	for _, data := range []string{
		`{"a":"b","c":"\u00e9"}`, `{"a":"\ud83d\ude00"}`, `{"a":"\\u"}`, `{"a":"\ud800\u00"}`, `{"a":1}`, `null`, "",
	} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Strings(data)
		var want map[string]string
		if wrong := json.Unmarshal(data, &want); wrong != nil && err == nil {
			t.Fatalf("read %q as %q; encoding/json says %v", data, got, wrong)
		}
		if err == nil && !maps.Equal(got, want) {
			t.Fatalf("read %q as %q; encoding/json as %q", data, got, want)
		}
	})
}
