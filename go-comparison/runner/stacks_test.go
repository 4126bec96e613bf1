package runner

import (
	"reflect"
	"testing"
)

// The text of Go 1.26: a method on a pointer has brackets in its name.
func TestParseStack(t *testing.T) {
	got, ok := parseStack(`goroutine 22 [sleep (durable), 2 minutes, synctest bubble 3]:
time.Sleep(0x3b9aca00)
	/usr/local/go/src/runtime/time.go:363 +0x145
droppoint.dev/go-comparison/scenarios.(*Store).Naive(0xc000012345, {0x1, 0x2})
	/home/me/scenarios/save_file.go:41 +0x1d
droppoint.dev/go-comparison/runner.(*driver).call(...)
	/home/me/runner/drive.go:108
created by sync.(*WaitGroup).Go in goroutine 20
	/usr/local/go/src/sync/waitgroup.go:238 +0x73
`)
	want := stack{id: 22, state: "sleep", bubble: 3, frames: []frame{
		{"time.Sleep", "time.go:363"},
		{module + "scenarios.(*Store).Naive", "save_file.go:41"},
		{module + "runner.(*driver).call", "drive.go:108"},
	}}
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if f := got.shown(); short(f.function) != "(*Store).Naive" || f.at != "save_file.go:41" {
		t.Errorf("shown as %v", f)
	}
	if _, ok := parseStack("no goroutine"); ok {
		t.Error("read as a stack")
	}
}

// Only those of the same bubble, without package testing's own.
func TestInThisBubble(t *testing.T) {
	in := func(id, bubble int, function string) stack {
		return stack{id: id, bubble: bubble, frames: []frame{{function, "f.go:1"}}}
	}
	got := inThisBubble([]stack{
		in(1, 3, "main"),
		in(2, 3, "program"),
		in(3, 2, "program"),
		in(4, 0, "program"),
		in(5, 3, "testing/synctest.Test"),
	})
	if len(got) != 1 || got[0].id != 2 {
		t.Errorf("got %v", got)
	}
}
