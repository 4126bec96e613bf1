package runner_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"droppoint.dev/go-comparison/runner"
)

// What is read is what encoding/json reads, and what that refuses is
// refused. Try more with: go test ./runner -fuzz FuzzFields
func FuzzFields(f *testing.F) {
	for _, line := range []string{
		good,
		` { "cut" : "none" , "mode"
 : "x" } `,
		`{}`, `{"cut":""}`, `{"c\u0075t":"5ms"}`,
		`{"cut":"\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00 é😀"}`,
		`{"cut":"\ud800"}`, `{"cut":"\ud800\ud800"}`, `{"cut":"\ud800\u0041"}`, `{"cut":"\udc00x"}`,
		`{"cut":"\ud800\n"}`, `{"cut":"\ud800\u00"}`, `{"cut":"a","mode":"b","scenario":"c","variant":"d"}`,
		`{"cut":1}`, `{"cut":"a"`, `{"cut":"a"}}`, `[]`, `null`, "", "{\"cut\":\"\x7f\"}", "{\"cut\":\"\x1f\"}",
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		got, err := runner.FieldsOf(line)
		var want map[string]string
		if wrong := json.Unmarshal(line, &want); wrong != nil && err == nil {
			t.Fatalf("read %q as %q; encoding/json says %v", line, got, wrong)
		}
		if err == nil && !maps.Equal(got, want) {
			t.Fatalf("read %q as %q; encoding/json as %q", line, got, want)
		}
	})
}

// A request may be written in any way that JSON has.
func TestSpellings(t *testing.T) {
	one := serve(t, good)
	for _, spelled := range []string{
		` { "cut" : "510ms", "variant":	"naive" , "scenario": "save-file"} `,
		`{"scenario":"save\u002dfile","v\u0061riant":"naive","cut":"510ms","mode":"virtual"}`,
	} {
		if got := serve(t, spelled); !slices.Equal(got, one) {
			t.Errorf("%s: %.200s", spelled, got)
		}
	}
}
