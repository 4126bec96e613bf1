package runner_test

import (
	"strings"
	"testing"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/trace"
)

// Every kind of event, place and ending has its text.
func TestWriteText(t *testing.T) {
	text, n := "full", int64(2)
	run := &trace.Run{
		Header: trace.Header{
			Runtime: map[string]string{"go": "1.2"}, Scenario: "s", Variant: "v",
			Who: "in-process", Mode: runner.Virtual, Cut: "5ms",
		},
		Events: []trace.Event{
			{Task: "a.1", Kind: trace.TaskSpawned, Parent: "a"},
			{Task: "a", Kind: trace.WaitBegun, Step: 2, Src: "s.go:4"},
			{Task: "a", Kind: trace.Effect, Place: "number", Op: trace.Change, N: &n},
			{Task: "a", Kind: trace.Effect, Place: "map", Op: trace.Put, Item: "x", Value: &text},
			{AtMS: 5, Task: "a", Kind: trace.CancelRequested},
			{AtMS: 5, Task: "a", Kind: trace.CancelNoticed},
			{AtMS: 5, Task: "a", Kind: trace.Returned, Error: &text},
			{AtMS: 5, Task: "a", Kind: trace.TaskFinished},
			{AtMS: 5, Task: "a.1", Kind: trace.GoPanic, Error: &text},
			{AtMS: 5, Task: "a", Kind: trace.ProcessEnded, Code: &n},
		},
		Ending: trace.Horizon,
		World: trace.World{
			"flag": trace.FlagOf(true), "map": trace.MapOf(map[string]string{"x": "full"}),
			"number": trace.NumberOf(-2), "queue": trace.QueueOf("y", "x"), "set": trace.SetOf(),
		},
		Left: []trace.Leftover{{What: "goroutine", Name: "tick", At: "s.go:9"}},
	}
	var got strings.Builder
	if err := runner.WriteText(run, &got); err != nil {
		t.Fatal(err)
	}
	want := `s/v, the caller cancels at 5 ms (Go 1.2, virtual time)

     0 ms  a.1  starts, spawned by a
     0 ms  a    (2) wait begins  s.go:4
     0 ms  a    number: change +2
     0 ms  a    map: put x full
     5 ms  a    -- cut --
     5 ms  a    notices the cancellation
     5 ms  a    returns the error: full
     5 ms  a    finishes
     5 ms  a.1  panics: full
     5 ms  a    the process ends with code 2

In the end, at the scenario's horizon
  flag    up
  map     x full
  number  -2
  queue   y, x
  set     empty
  left    goroutine tick, s.go:9
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if err := runner.WriteText(run, closedPipe{}); err == nil {
		t.Error("a failed write is no error")
	}
	for cut, want := range map[string]string{
		"none": "s/v, without a cut (", "at-once": "s/v, the caller cancels at once (",
		"after-effect-2": "s/v, the caller cancels after effect 2 (",
	} {
		run.Header.Cut = cut
		got.Reset()
		if err := runner.WriteText(run, &got); err != nil || !strings.HasPrefix(got.String(), want) {
			t.Errorf("%s: %v, %.60s", cut, err, got.String())
		}
	}
}
