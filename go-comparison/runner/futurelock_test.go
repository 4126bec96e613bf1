package runner_test

import (
	"testing"

	"droppoint.dev/go-comparison/trace"
)

// The first work holds the lock when the caller asks for it, in step 4
// at 13 ms: the caller waits until the first work releases it, at 16.
func TestFuturelock(t *testing.T) {
	var began, ended int64
	for _, e := range do(t, cell(t, "futurelock", "goroutine", "13ms")).Events {
		switch {
		case e.Task == "a" && e.Step == 4 && e.Kind == trace.WaitBegun:
			began = e.AtMS
		case e.Task == "a" && e.Step == 4 && e.Kind == trace.WaitEnded:
			ended = e.AtMS
		}
	}
	if began != 13 || ended != 16 {
		t.Errorf("it waits from %d to %d ms", began, ended)
	}
}
