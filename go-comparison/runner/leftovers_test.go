package runner_test

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// Once the client has left, the goroutine that serves it
// is a leftover. b is started then, and has no answer.
func TestLeftover(t *testing.T) {
	run := do(t, planned(scenarios.Client, 0, runner.At(5), stuck))
	if len(run.Left) != 1 || run.Left[0].What != "goroutine" || run.Left[0].Name != "forever" ||
		!strings.HasPrefix(run.Left[0].At, "drive_test.go:") {
		t.Errorf("left %v", run.Left)
	}
	equal(t, kindsOf(run, "b"), []trace.Kind{trace.TaskSpawned, trace.WaitBegun})
	if err := run.Check(); err != nil {
		t.Error(err)
	}
}

// When the trace is closed, the context is cancelled: a leftover that waits
// for it ends. TestMain fails if it does not.
func TestTeardown(t *testing.T) {
	leaves := func(*trace.Env) scenarios.Handler {
		return func(ctx context.Context, item string) (string, error) {
			if item == "a" {
				go func() { <-ctx.Done() }()
			}
			return "done", nil
		}
	}
	for _, mode := range []string{runner.Virtual, runner.Real} {
		j := planned(scenarios.InProcess, 0, runner.Never, leaves)
		j.Mode = mode
		if run := do(t, j); len(run.Left) != 1 {
			t.Errorf("%s: left %v", mode, run.Left)
		}
	}
}

// All leftovers are found.
func TestManyLeftovers(t *testing.T) {
	const many = 300
	run := do(t, planned(scenarios.InProcess, 0, runner.Never,
		func(*trace.Env) scenarios.Handler {
			return func(ctx context.Context, item string) (string, error) {
				for range many {
					if item == "a" {
						go func() { <-ctx.Done() }()
					}
				}
				return "done", nil
			}
		}))
	if len(run.Left) != many {
		t.Errorf("%d left", len(run.Left))
	}
}

// Goroutines that would go on for ever end with their run.
func TestEndlessGoroutinesEnd(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 10 {
		do(t, planned(scenarios.InProcess, 55*time.Millisecond, runner.Never, endless))
	}
	for runtime.NumGoroutine() > before { // the last of a bubble is about to end
		runtime.Gosched()
	}
}
