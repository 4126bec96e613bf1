package runner_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// job is a run of save-file.
func job(t *testing.T, variant, cut, mode string) runner.Job {
	t.Helper()
	j, err := runner.NewJob(scenarios.All, "save-file", variant, cut, mode)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func do(t *testing.T, j runner.Job) *trace.Run {
	t.Helper()
	run, err := runner.Do(t, j)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// story is the changes of the disk and the index, the cut and the answers,
// each with its instant.
func story(run *trace.Run) string {
	var words []string
	say := func(e trace.Event, what string) {
		words = append(words, fmt.Sprintf("%d %s", e.AtMS, what))
	}
	for _, e := range run.Events {
		switch {
		case e.Op == trace.Put:
			say(e, "disk+"+e.Item)
		case e.Op == trace.Delete:
			say(e, "disk-"+e.Item)
		case e.Op == trace.Add:
			say(e, "index+"+e.Item)
		case e.Kind == trace.CancelRequested:
			say(e, "cut")
		case e.Kind == trace.CancelNoticed:
			say(e, e.Task+" noticed")
		case e.Kind == trace.Returned && e.Error != nil:
			say(e, e.Task+" "+*e.Error)
		case e.Kind == trace.Returned:
			say(e, e.Task+" "+*e.Value)
		}
	}
	return strings.Join(words, ", ")
}

func world(run *trace.Run) string {
	w := run.World
	lock := "free"
	if w["lock"].Up() {
		lock = "held"
	}
	return fmt.Sprintf("disk %s index %s lock %s",
		strings.Join(w["disk"].Items(), ""), strings.Join(w["index"].Items(), ""), lock)
}

func lines(t *testing.T, run *trace.Run) []byte {
	t.Helper()
	var buf bytes.Buffer
	if _, err := run.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// kindsOf are the kinds of a task's events, in order.
func kindsOf(run *trace.Run, task string) (kinds []trace.Kind) {
	for _, e := range run.Events {
		if e.Task == task {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

func equal[T comparable](t *testing.T, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
