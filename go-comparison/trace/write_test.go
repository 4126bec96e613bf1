package trace

import (
	"encoding/json"
	"strings"
	"testing"
)

func ptr[T any](value T) *T { return &value }

// The bytes of the lines, which are digested: every field, in this
// order, and empty ones only where they say something.
func TestLines(t *testing.T) {
	run := Run{
		Header: Header{1, "go", map[string]string{"b": "2", "a": "1"}, "s", "v", "w", "m", "c"},
		Events: []Event{
			{Seq: 0, AtMS: 1<<53 - 1, Task: "a.1", Kind: TaskSpawned, Parent: "a"},
			{Seq: 1, Task: "a", Kind: WaitBegun, Step: 2, Src: "save_file.go:41"},
			{Seq: 2, Task: "a", Kind: Effect, Place: "disk", Op: Put, Item: "é😀", Value: ptr("")},
			{Seq: 3, Task: "a", Kind: Effect, Place: "n", Op: Change, N: ptr(int64(-5))},
			{Seq: 4, Task: "a", Kind: Returned, Error: ptr(`a "b" \c <&>`)},
			{Seq: 5, Task: "a", Kind: TaskFinished, Awaited: true},
			{Seq: 6, Task: "a", Kind: ProcessEnded, Code: ptr(int64(0))},
		},
		Ending: Horizon,
		World: World{
			"a": SetOf("y", "x"), "b": QueueOf("y", "x"), "c": MapOf(map[string]string{"y": "1", "x": "2"}),
			"d": FlagOf(true), "e": NumberOf(-2),
			"v": SetOf(), "w": QueueOf(), "x": MapOf(nil), "y": FlagOf(false), "z": NumberOf(0),
		},
	}
	events := `{"seq":0,"at_ms":9007199254740991,"task":"a.1","kind":"task-spawned","parent":"a"}
{"seq":1,"at_ms":0,"task":"a","kind":"wait-begun","step":2,"src":"save_file.go:41"}
{"seq":2,"at_ms":0,"task":"a","kind":"effect","place":"disk","op":"put","item":"é😀","value":""}
{"seq":3,"at_ms":0,"task":"a","kind":"effect","place":"n","op":"change","n":-5}
{"seq":4,"at_ms":0,"task":"a","kind":"returned","error":"a \"b\" \\c <&>"}
{"seq":5,"at_ms":0,"task":"a","kind":"task-finished"}
{"seq":6,"at_ms":0,"task":"a","kind":"process-ended","code":0}
`
	want := `{"kind":"run","schema":1,"language":"go","runtime":{"a":"1","b":"2"},` +
		`"scenario":"s","variant":"v","who":"w","mode":"m","cut":"c"}` + "\n" + events +
		`{"kind":"end","events":7,"digest":"` + Digest([]byte(events)) + `","ending":"horizon","world":{` +
		`"a":{"set":["x","y"]},"b":{"queue":["y","x"]},"c":{"map":{"x":"2","y":"1"}},` +
		`"d":{"flag":true},"e":{"number":-2},` +
		`"v":{"set":[]},"w":{"queue":[]},"x":{"map":{}},"y":{"flag":false},"z":{"number":0}},"left":[]}` + "\n"
	var got strings.Builder
	if n, err := run.WriteTo(&got); err != nil || int(n) != len(want) || got.String() != want {
		t.Errorf("%d bytes, %v\ngot  %s\nwant %s", n, err, got.String(), want)
	}
	run.Left = []Leftover{{"goroutine", "f", "f.go:1"}, {What: "goroutine", Name: "g"}}
	got.Reset()
	left := `"left":[{"what":"goroutine","name":"f","at":"f.go:1"},{"what":"goroutine","name":"g"}]}` + "\n"
	if _, err := run.WriteTo(&got); err != nil || !strings.HasSuffix(got.String(), left) {
		t.Errorf("%v\n%s", err, got.String())
	}
}

// Any message is one line, whatever is in it.
func TestWriteError(t *testing.T) {
	message := "a \"b\"\n<\x00\u2028>"
	var line strings.Builder
	if err := WriteError(&line, message); err != nil {
		t.Fatal(err)
	}
	var got struct{ Kind, Message string }
	if err := json.Unmarshal([]byte(line.String()), &got); err != nil || got.Kind != "error" || got.Message != message {
		t.Errorf("%s: %v", line.String(), err)
	}
	if strings.IndexByte(line.String(), '\n') != line.Len()-1 {
		t.Errorf("more than one line: %q", line.String())
	}
}
