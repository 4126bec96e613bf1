package runner_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// In real time a run is over when the last call returns. Its goroutine may
// exist a moment longer, and is no leftover.
func TestNoLeftoverInRealTime(t *testing.T) {
	slow := func(env *trace.Env) scenarios.Handler {
		set := env.Set("set")
		return func(ctx context.Context, item string) (string, error) {
			set.Add(ctx, item)
			if item == "a" {
				time.Sleep(2 * time.Millisecond)
			}
			return "done", nil
		}
	}
	j := planned(scenarios.Client, 0, runner.AfterEffect(1), slow)
	j.Mode = runner.Real
	for range 100 {
		if run := do(t, j); len(run.Left) > 0 || run.Ending != trace.Quiet {
			t.Fatalf("left %v, ending %s", run.Left, run.Ending)
		}
	}
}

// A leftover in real time is named.
func TestLeftoverInRealTime(t *testing.T) {
	leaves := func(*trace.Env) scenarios.Handler {
		return func(ctx context.Context, item string) (string, error) {
			if item == "a" {
				go forever(ctx)
			}
			return "done", nil
		}
	}
	j := planned(scenarios.InProcess, 0, runner.Never, leaves)
	j.Mode = runner.Real
	if run := do(t, j); len(run.Left) != 1 || run.Left[0].Name != "forever" {
		t.Errorf("left %v", run.Left)
	}
}

// The directory of a run is removed when the run has ended.
func TestTemporaryDirectory(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	do(t, job(t, "ctx-checked", "after-effect-2", runner.Real))
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "*")); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// Without a directory for temporary files there is no run.
func TestNoTemporaryDirectory(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	if run, err := runner.Do(t, job(t, "naive", "none", runner.Real)); err == nil {
		t.Errorf("got %v", run)
	}
}
