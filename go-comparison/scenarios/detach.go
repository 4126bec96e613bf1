package scenarios

import (
	"context"
	"sync"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// A Clock has a worker that ticks for ever. The caller
//
//  1. works for 34 ms, and then stops the worker, which
//  2. waits 10 ms for each of its ticks.
type Clock struct {
	ticks *trace.Number
}

// NoWayOut starts a goroutine and has no way to stop it.
func (c *Clock) NoWayOut(ctx context.Context) error {
	trace.Go(ctx, c.tick)
	return c.work(ctx)
}

// EarlyReturn stops the goroutine when the work is done, but
// not when the work is cancelled.
func (c *Clock) EarlyReturn(ctx context.Context) error {
	stop := make(chan struct{})
	trace.Go(ctx, func(ctx context.Context) {
		c.tickUntil(ctx, stop)
	})
	if err := c.work(ctx); err != nil {
		return err
	}
	close(stop)
	return nil
}

// Ctx cancels the goroutine's context on every return, and
// waits until the goroutine has returned.
func (c *Clock) Ctx(ctx context.Context) error {
	var worker sync.WaitGroup
	defer worker.Wait() // deferred first, so it runs last
	workerCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	tick := func(ctx context.Context) {
		c.tickUntil(ctx, ctx.Done())
	}
	worker.Go(trace.Task(workerCtx, tick))
	return c.work(ctx)
}

func (c *Clock) work(ctx context.Context) error {
	trace.At(ctx, 1)
	return sleepContext(ctx, 34*time.Millisecond)
}

func (c *Clock) tick(ctx context.Context) {
	for {
		trace.At(ctx, 2)
		time.Sleep(10 * time.Millisecond)
		c.ticks.Add(ctx, 1)
	}
}

func (c *Clock) tickUntil(
	ctx context.Context, stop <-chan struct{},
) {
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		trace.At(ctx, 2)
		select {
		case <-stop:
			return
		case <-ticker.C:
			c.ticks.Add(ctx, 1)
		}
	}
}

type startFunc func(*Clock, context.Context) error

var detach = programs(clock, map[string]startFunc{
	"no-way-out":   (*Clock).NoWayOut,
	"early-return": (*Clock).EarlyReturn,
	"ctx":          (*Clock).Ctx,
})

// clock starts the worker of a clock of its own.
func clock(env *trace.Env, start startFunc) Handler {
	c := &Clock{ticks: env.Number("ticks")}
	return func(ctx context.Context, _ string) (string, error) {
		return "worked", start(c, ctx)
	}
}
