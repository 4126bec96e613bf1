package runner

import (
	"context"
	"testing"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// A goroutine that serves a client who has left is left behind as long
// as it does so, and no longer: in real time it may outlive its call for
// a moment. The one that starts the probes never is.
func TestOwnGoroutines(t *testing.T) {
	var d *driver
	d = newDriver(Job{
		Scenario: scenarios.Scenario{Caller: "a", Who: scenarios.Client},
		Variant: scenarios.Variant{Program: func(*trace.Env) scenarios.Handler {
			return func(context.Context, string) (string, error) {
				if d.leftBehind(goroutine()) {
					t.Error("left behind, though its client is there")
				}
				d.cut()
				if !d.leftBehind(goroutine()) {
					t.Error("not left behind, though its client has gone")
				}
				return "", nil
			}
		}},
	}, trace.NewEnv(""), func() int64 { return 0 })
	d.call(d.ctx, "a")
	if d.leftBehind(goroutine()) {
		t.Error("left behind, though its call has returned")
	}
	d.answered.Wait()

	fresh := newDriver(d.job, trace.NewEnv(""), func() int64 { return 0 })
	if !fresh.leftBehind(goroutine()) {
		t.Error("a goroutine of somebody else's is not left behind")
	}
	fresh.probe()
	if fresh.leftBehind(goroutine()) {
		t.Error("left behind, though it only started the probes")
	}
}
