package runner_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// hang waits for a mutex, during which virtual time does not go on.
func hang(mu *sync.Mutex, late chan<- time.Time) {
	late <- time.Time{}
	mu.Lock()
	defer mu.Unlock()
}

// A run that does not end is an error with the function and the line that
// it is at.
func TestHung(t *testing.T) {
	var mu sync.Mutex
	mu.Lock()
	late, ended := make(chan time.Time), make(chan struct{})
	defer func() { mu.Unlock(); <-ended }()
	do := func() (*trace.Run, error) {
		defer close(ended)
		hang(&mu, late)
		return nil, nil
	}
	_, err := runner.WithTimeout(runner.Real, do, late)
	var hung *runner.HungError
	if !errors.As(err, &hung) || !strings.Contains(err.Error(), "\n  hang, timeout_test.go:") {
		t.Errorf("got %v", err)
	}
}

// A run whose goroutine ends without returning has ended: it is not waited
// for.
func TestGoexit(t *testing.T) {
	do := func() (*trace.Run, error) {
		runtime.Goexit()
		return nil, nil
	}
	_, err := runner.WithTimeout(runner.Real, do, time.After(time.Minute))
	if err == nil || !strings.Contains(err.Error(), "runtime.Goexit") {
		t.Errorf("got %v", err)
	}
}

// A program that loops without waiting is stopped after 100,000 events,
// also when it holds the mutex of a place.
func TestTooManyEvents(t *testing.T) {
	flood := func(env *trace.Env) scenarios.Handler {
		set := env.Set("set")
		return func(ctx context.Context, item string) (string, error) {
			for {
				set.Add(ctx, item)
				set.Remove(ctx, item)
			}
		}
	}
	waits := func(*trace.Env) scenarios.Handler {
		return func(ctx context.Context, _ string) (string, error) {
			for {
				trace.At(ctx, 1)
			}
		}
	}
	spawns := func(*trace.Env) scenarios.Handler {
		return func(ctx context.Context, _ string) (string, error) {
			for {
				done := make(chan struct{})
				trace.Go(ctx, func(context.Context) { close(done) })
				<-done
			}
		}
	}
	for name, program := range map[string]func(*trace.Env) scenarios.Handler{
		"effects": flood, "waits": waits, "spawns": spawns,
	} {
		for _, mode := range []string{runner.Virtual, runner.Real} {
			j := planned(scenarios.InProcess, 0, runner.Never, program)
			j.Mode = mode
			_, err := runner.Do(t, j)
			if err == nil || !strings.HasPrefix(err.Error(), "more than 100000 events: task a") ||
				!strings.Contains(err.Error(), "timeout_test.go:") {
				t.Errorf("%s, %s: got %v", name, mode, err)
			}
		}
	}
}
