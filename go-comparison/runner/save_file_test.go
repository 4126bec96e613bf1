package runner_test

import (
	"strings"
	"testing"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/trace"
)

// On a real disk the same programs are cut after their effects: 1 is the
// lock, 2 the write, 3 the insert (or the undo), 4 the unlock. On a busy
// machine, of two calls that start 1 ms apart either may come first.
func TestRealTime(t *testing.T) {
	const (
		bc     = "disk bc index bc lock free"
		orphan = "disk abc index bc lock free"
		// a, and the next one.
		ab = "disk ab index ab lock free, disk ac index ac lock free"
		// Any two: the lock was free when the others started.
		two = ab + ", " + bc
	)
	for _, c := range []struct {
		variant, cut, worlds string
		ending               trace.Ending
	}{
		{"naive", "none", ab, trace.Quiet},
		{"naive", "at-once", two, trace.Quiet},
		{"naive", "after-effect-2", ab, trace.Quiet},
		{"ctx-checked", "at-once", bc, trace.Quiet},
		// a holds the lock and still writes: a write ignores the context.
		{"ctx-checked", "after-effect-1", orphan, trace.Quiet},
		{"ctx-checked", "after-effect-2", orphan, trace.Quiet},
		{"ctx-checked", "after-effect-3", ab, trace.Quiet},
		{"ctx-undo", "after-effect-1", bc, trace.Quiet},
		{"ctx-undo", "after-effect-2", bc, trace.Quiet},
		{"without-cancel", "after-effect-2", ab, trace.Quiet},
		{"without-cancel", "after-effect-4", ab, trace.Quiet},
		// A save has four effects.
		{"without-cancel", "after-effect-5", ab, trace.Unrealized},
	} {
		t.Run(c.variant+" "+c.cut, func(t *testing.T) {
			run := do(t, job(t, c.variant, c.cut, runner.Real))
			if got := world(run); !strings.Contains(c.worlds, got) || run.Ending != c.ending {
				t.Errorf("got %s, %s; want %s, %s", got, run.Ending, c.worlds, c.ending)
			}
			for _, file := range run.World["disk"].Items() {
				if value := run.World["disk"].Value(file); value != "whole" {
					t.Errorf("%s is %s", file, value)
				}
			}
			cut := c.cut != "none" && c.ending == trace.Quiet
			for _, e := range run.Events {
				if e.AtMS != 0 {
					t.Errorf("event %d has a time", e.Seq)
				}
				if cut && e.Kind == trace.Returned && e.Task == "a" {
					t.Error("a client that left has an answer")
				}
			}
		})
	}
}
