package scenarios

import (
	"context"
	"errors"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// A Desk has one lock, which another task holds until 10 ms.
// The first work
//
//  1. prepares for 4 ms,
//  2. waits for the lock,
//  3. holds it for 6 ms.
//
// Other work may become possible before that is done. Then the
// caller
//
//  4. waits for the same lock.
type Desk struct {
	lock  *trace.Lock
	done  *trace.Set
	other <-chan struct{} // closed when it is possible
}

const (
	preparing = 4 * time.Millisecond
	holding   = 6 * time.Millisecond
)

// Goroutine lets the first work run on. The scheduler runs it,
// whatever the caller waits for.
func (d *Desk) Goroutine(
	ctx context.Context,
) (string, error) {
	first := make(chan struct{})
	trace.Go(ctx, func(ctx context.Context) {
		defer close(first)
		d.first(ctx)
	})
	select {
	case <-first:
		return "first", nil
	case <-d.other:
		d.second(ctx)
		<-first
		return "other", nil
	}
}

// SelectCtx cancels the first work when the other work has
// become possible. It stops waiting for the lock, or unlocks.
// Waiting for a sync.Mutex cannot be cancelled; waiting for a
// semaphore can.
func (d *Desk) SelectCtx(
	ctx context.Context,
) (string, error) {
	firstCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	first := make(chan error, 1)
	trace.Go(firstCtx, func(ctx context.Context) {
		first <- d.firstContext(ctx)
	})
	select {
	case err := <-first:
		return "first", err
	case <-d.other:
		cancel()
		d.second(ctx)
		err := <-first
		if errors.Is(err, context.Canceled) {
			err = nil // that was wanted
		}
		return "other", err
	}
}

func (d *Desk) first(ctx context.Context) {
	trace.At(ctx, 1)
	time.Sleep(preparing)
	trace.At(ctx, 2)
	unlock := d.lock.Lock(ctx)
	defer unlock()
	trace.At(ctx, 3)
	time.Sleep(holding)
	d.done.Add(ctx, "first")
}

// firstContext is first, and returns when ctx is done.
func (d *Desk) firstContext(ctx context.Context) error {
	trace.At(ctx, 1)
	if err := sleepContext(ctx, preparing); err != nil {
		return err
	}
	trace.At(ctx, 2)
	unlock, err := d.lock.LockContext(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	trace.At(ctx, 3)
	if err := sleepContext(ctx, holding); err != nil {
		return err
	}
	d.done.Add(ctx, "first")
	return nil
}

func (d *Desk) second(ctx context.Context) {
	trace.At(ctx, 4)
	unlock := d.lock.Lock(ctx)
	defer unlock()
	d.done.Add(ctx, "other")
}

// hold is a task of the world: it has the lock until 10 ms.
func (d *Desk) hold(ctx context.Context) {
	unlock := d.lock.Lock(ctx)
	defer unlock()
	time.Sleep(10 * time.Millisecond)
}

type workFunc func(*Desk, context.Context) (string, error)

var futurelock = programs(desk, map[string]workFunc{
	"goroutine":  (*Desk).Goroutine,
	"select-ctx": (*Desk).SelectCtx,
})

// desk works at a desk of its own.
func desk(env *trace.Env, work workFunc) Handler {
	d := &Desk{
		lock:  env.Lock("lock"),
		done:  env.Set("done"),
		other: env.Event(),
	}
	env.Other("holder", d.hold)
	return func(ctx context.Context, _ string) (string, error) {
		return work(d, ctx)
	}
}
