package trace

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func ptr[T any](value T) *T { return &value }

// The tags of the types say how they are written, and encoding/json
// knows no other way.
func TestEventsAsEncodingJSON(t *testing.T) {
	for _, e := range []Event{
		{},
		{Seq: 7, AtMS: 1<<53 - 1, Task: "a.1", Kind: TaskSpawned, Parent: "a"},
		{Kind: WaitBegun, Step: 2, Src: "save_file.go:41"},
		{Kind: Effect, Place: "disk", Op: Put, Item: "é😀", Value: ptr("")},
		{Kind: Effect, Place: "n", Op: Change, N: ptr(int64(-5))},
		{Kind: Returned, Error: ptr(`a "b" \c <&>`)},
		{Kind: ProcessEnded, Code: ptr(int64(0))},
	} {
		var want bytes.Buffer
		lines := json.NewEncoder(&want)
		lines.SetEscapeHTML(false)
		if err := lines.Encode(e); err != nil {
			t.Fatal(err)
		}
		if got := string(e.appendTo(nil)) + "\n"; got != want.String() {
			t.Errorf("got  %swant %s", got, &want)
		}
	}
	h := Header{1, "go", map[string]string{"b": "2", "a": "1"}, "s", "v", "w", "m", "c"}
	want, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(h.appendTo(nil)); got != `{"kind":"run",`+string(want[1:]) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Any text comes back as it was, and on one line.
func FuzzText(f *testing.F) {
	for _, text := range []string{"", "a b", "\"\\/", "\x00\x1f\n\r\t\x7f", "é😀\u2028\ufffd", "\xff", "a\xc3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		line := appendText(nil, text)
		var back string
		if err := json.Unmarshal(line, &back); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if back != strings.ToValidUTF8(text, "\ufffd") && back != string([]rune(text)) || bytes.ContainsAny(line, "\r\n") {
			t.Fatalf("%q is written as %s", text, line)
		}
	})
}

// The end has every place, an empty one as such: no null, nothing
// missing.
func TestEnd(t *testing.T) {
	run := Run{
		Events: make([]Event, 3),
		Ending: Horizon,
		World: World{
			"a": SetOf("y", "x"), "b": QueueOf("y", "x"), "c": MapOf(map[string]string{"y": "1", "x": "2"}),
			"d": FlagOf(true), "e": NumberOf(-2),
			"v": SetOf(), "w": QueueOf(), "x": MapOf(nil), "y": FlagOf(false), "z": NumberOf(0),
		},
	}
	want := `{"kind":"end","events":3,"digest":"0","ending":"horizon","world":{` +
		`"a":{"set":["x","y"]},"b":{"queue":["y","x"]},"c":{"map":{"x":"2","y":"1"}},` +
		`"d":{"flag":true},"e":{"number":-2},` +
		`"v":{"set":[]},"w":{"queue":[]},"x":{"map":{}},"y":{"flag":false},"z":{"number":0}},"left":[]}`
	if got := string(run.appendEnd(nil, "0")); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	run.Left = []Left{{"goroutine", "f", "f.go:1"}, {What: "goroutine", Name: "g"}}
	var end struct{ Left []Left }
	if err := json.Unmarshal(run.appendEnd(nil, "0"), &end); err != nil || !reflect.DeepEqual(end.Left, run.Left) {
		t.Errorf("%v, %v", end, err)
	}
}
