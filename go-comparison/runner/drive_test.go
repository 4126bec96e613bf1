package runner_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// planned is a job of a test's own program.
func planned(who scenarios.CancelSource, horizon time.Duration, cut runner.Cut,
	program func(*trace.Env) scenarios.Handler,
) runner.Job {
	return runner.Job{
		Scenario: scenarios.Scenario{
			ID: "planned", Who: who, Caller: "a", Probes: []string{"b"}, Horizon: horizon,
		},
		Variant: scenarios.Variant{Name: "test", Program: program},
		Cut:     cut,
		Mode:    runner.Virtual,
	}
}

func forever(ctx context.Context) {
	trace.At(ctx, 1)
	<-make(chan struct{})
}

func stuck(*trace.Env) scenarios.Handler {
	return func(ctx context.Context, _ string) (string, error) {
		forever(ctx)
		return "never", nil
	}
}

// A call that never returns has no answer, and is no leftover: its client
// waits for it. b is never started.
func TestStuckCaller(t *testing.T) {
	run := do(t, planned(scenarios.InProcess, 0, runner.Never, stuck))
	equal(t, kindsOf(run, "a"), []trace.Kind{trace.TaskSpawned, trace.WaitBegun})
	equal(t, kindsOf(run, "b"), nil)
	if run.Ending != trace.Quiet || len(run.Left) > 0 {
		t.Errorf("ending %s, left %v", run.Ending, run.Left)
	}
}

func tick(ctx context.Context, ticks *trace.Set) {
	for n := 1; ; n++ {
		trace.At(ctx, 1)
		time.Sleep(10 * time.Millisecond)
		ticks.Add(ctx, strconv.Itoa(n))
	}
}

func endless(env *trace.Env) scenarios.Handler {
	ticks := env.Set("ticks")
	return func(ctx context.Context, item string) (string, error) {
		if item == "a" {
			trace.Go(ctx, func(ctx context.Context) { tick(ctx, ticks) })
		}
		return "started", nil
	}
}

// The horizon ends a run that has no other end: ticks at 10, 20, 30, 40, 50.
func TestHorizon(t *testing.T) {
	horizon := 55 * time.Millisecond
	run := do(t, planned(scenarios.InProcess, horizon, runner.At(34), endless))
	if n := len(run.World["ticks"].Items()); n != 5 || run.Ending != trace.Horizon {
		t.Errorf("%d ticks, ending %s", n, run.Ending)
	}
	if len(run.Left) != 1 || run.Left[0].Name != "tick" {
		t.Errorf("left %v", run.Left)
	}
	equal(t, kindsOf(run, "a.1")[:4],
		[]trace.Kind{trace.TaskSpawned, trace.WaitBegun, trace.WaitEnded, trace.Effect})

	late := do(t, planned(scenarios.InProcess, horizon, runner.At(55), endless))
	if late.Ending != trace.Unrealized {
		t.Errorf("a cut at the horizon: ending %s", late.Ending)
	}
}

func TestNoHorizon(t *testing.T) {
	_, err := runner.Do(t, planned(scenarios.InProcess, 0, runner.Never, endless))
	if err == nil || !strings.Contains(err.Error(), "needs a horizon") ||
		!strings.HasPrefix(err.Error(), "tick, drive_test.go:") {
		t.Errorf("got %v", err)
	}
}

// Goroutines that act at the same instant give the same bytes, whichever
// the scheduler ran first.
func TestSiblings(t *testing.T) {
	siblings := func(env *trace.Env) scenarios.Handler {
		done := env.Set("done")
		return func(ctx context.Context, item string) (string, error) {
			var all sync.WaitGroup
			for n := range 3 {
				all.Add(1)
				trace.Go(ctx, func(ctx context.Context) {
					defer all.Done()
					trace.At(ctx, 1)
					time.Sleep(5 * time.Millisecond)
					done.Add(ctx, item+strconv.Itoa(n))
				})
			}
			trace.At(ctx, 2)
			all.Wait()
			return "done", nil
		}
	}
	j := planned(scenarios.Client, 0, runner.At(3), siblings)
	first := string(lines(t, do(t, j)))
	for range 100 {
		if again := string(lines(t, do(t, j))); again != first {
			t.Fatalf("%s\nand then\n%s", first, again)
		}
	}
}

// A caller in the same process waits until the function returns, 8 ms
// after the cut; b comes 1 ms later.
func TestInProcess(t *testing.T) {
	slow := func(*trace.Env) scenarios.Handler {
		return func(ctx context.Context, item string) (string, error) {
			if item == "b" {
				return "in time", nil
			}
			<-ctx.Done()
			time.Sleep(8 * time.Millisecond)
			return "", ctx.Err()
		}
	}
	for cut, want := range map[runner.Cut]string{
		runner.At(4): "4 cut, 12 a noticed, 12 a context canceled, 13 b in time",
		// A late cut leaves as much time after it.
		runner.At(1e9): "1000000000 cut, 1000000008 a noticed, 1000000008 a context canceled, 1000000009 b in time",
		// The last instant that ParseCut accepts: 253 years.
		runner.At(8e12): "8000000000000 cut, 8000000000008 a noticed, 8000000000008 a context canceled, " +
			"8000000000009 b in time",
	} {
		if got := story(do(t, planned(scenarios.InProcess, 0, cut, slow))); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// Inside, the context is not cancelled and an event fires.
func TestInside(t *testing.T) {
	program := func(env *trace.Env) scenarios.Handler {
		return func(ctx context.Context, _ string) (string, error) {
			select {
			case <-env.Event():
				return "fired", ctx.Err()
			case <-time.After(20 * time.Millisecond):
				return "not fired", ctx.Err()
			}
		}
	}
	for cut, want := range map[runner.Cut]string{
		runner.Never:  "20 a not fired, 41 b not fired",
		runner.AtOnce: "0 cut, 0 a fired, 1 b fired",
		runner.At(7):  "7 cut, 7 a fired, 8 b fired",
	} {
		if got := story(do(t, planned(scenarios.Inside, 0, cut, program))); got != want {
			t.Errorf("%s: got %s, want %s", cut, got, want)
		}
	}
}

// A task of the world runs before the program begins, is never cut, and is
// no leftover if it waits for ever.
func TestOthers(t *testing.T) {
	j := planned(scenarios.InProcess, 0, runner.AtOnce, func(env *trace.Env) scenarios.Handler {
		set := env.Set("set")
		env.Other("world", func(ctx context.Context) {
			set.Add(ctx, "w")
			time.Sleep(3 * time.Millisecond)
			if ctx.Err() != nil {
				set.Add(ctx, "cut")
			}
			forever(ctx)
		})
		return func(ctx context.Context, item string) (string, error) {
			return strconv.Itoa(set.Len()), ctx.Err()
		}
	})
	j.Scenario.Others = []string{"world"}
	run := do(t, j)
	if got := story(run); got != "0 index+w, 0 cut, 0 a noticed, 0 a context canceled, 1 b 1" {
		t.Error(got)
	}
	equal(t, kindsOf(run, "world"), []trace.Kind{
		trace.TaskSpawned, trace.Effect, trace.WaitBegun,
	})
	if len(run.Left) > 0 || run.Ending != trace.Quiet {
		t.Errorf("left %v, ending %s", run.Left, run.Ending)
	}
}

// An error is taken only by a caller that is still there.
func TestTaken(t *testing.T) {
	fails := func(env *trace.Env) scenarios.Handler {
		made := env.Errors()
		return func(ctx context.Context, item string) (string, error) {
			if item == "b" {
				return "fine", nil
			}
			time.Sleep(5 * time.Millisecond)
			return "", made.New(ctx, "full")
		}
	}
	for who, taken := range map[scenarios.CancelSource]int{scenarios.Client: 0, scenarios.InProcess: 1} {
		run := do(t, planned(who, 0, runner.At(3), fails))
		if n := len(run.World["taken"].Items()); n != taken {
			t.Errorf("%s: %d taken", who, n)
		}
	}
}

// A program that changes a place without a report fails: the world is
// compared with the effects.
func TestUnreportedChange(t *testing.T) {
	_, err := runner.Do(t, planned(scenarios.Client, 0, runner.Never,
		func(env *trace.Env) scenarios.Handler {
			index := env.Set("index")
			return func(context.Context, string) (string, error) {
				// A context without a task has no recorder.
				index.Add(context.Background(), "secret")
				return "done", nil
			}
		}))
	if err == nil || !strings.Contains(err.Error(), `"index" is set [secret]`) {
		t.Errorf("got %v", err)
	}
}

// A lock that its holder does not unlock is up in the end.
func TestForgottenLock(t *testing.T) {
	run := do(t, planned(scenarios.Client, 0, runner.Never,
		func(env *trace.Env) scenarios.Handler {
			lock := env.Lock("lock")
			return func(ctx context.Context, _ string) (string, error) {
				ctx, cancel := context.WithTimeout(ctx, 5*time.Millisecond)
				defer cancel()
				if _, err := lock.LockContext(ctx); err != nil {
					return "", err
				}
				return "", errors.New("forgot")
			}
		}))
	// b starts at 1 and gives up 5 ms later.
	if got := story(run); got != "0 a forgot, 6 b noticed, 6 b context deadline exceeded" {
		t.Error(got)
	}
	if !run.World["lock"].Up() {
		t.Error("the lock is down")
	}
}
