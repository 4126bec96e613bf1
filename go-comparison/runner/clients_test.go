package runner

import (
	"context"
	"testing"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// A goroutine that serves a client that has left is a leftover until its
// call returns, and not after that: in real time it may still exist for a
// moment. The goroutine that starts the probes never is one.
func TestGoroutinesOfTheDriver(t *testing.T) {
	var d *driver
	d = newDriver(Job{
		Scenario: scenarios.Scenario{Caller: "a", Who: scenarios.Client},
		Variant: scenarios.Variant{Program: func(*trace.Env) scenarios.Handler {
			return func(context.Context, string) (string, error) {
				if d.isLeft(goroutineID()) {
					t.Error("a leftover, though its client is there")
				}
				d.requestCancel()
				if !d.isLeft(goroutineID()) {
					t.Error("no leftover, though its client has left")
				}
				return "", nil
			}
		}},
	}, trace.NewEnv(""), func() int64 { return 0 })
	d.call(d.ctx, "a")
	if d.isLeft(goroutineID()) {
		t.Error("a leftover, though its call has returned")
	}
	d.calls.Wait()

	fresh := newDriver(d.job, trace.NewEnv(""), func() int64 { return 0 })
	if !fresh.isLeft(goroutineID()) {
		t.Error("a goroutine that is not the driver's is no leftover")
	}
	fresh.startProbes()
	if fresh.isLeft(goroutineID()) {
		t.Error("a leftover, though it only started the probes")
	}
}
