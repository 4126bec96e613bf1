package scenarios

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// A Bell rings once. A caller that wants to know when
//
//  1. registers a callback and waits until it is called,
//
// and then stops it; the bell itself removes no callback.
type Bell struct {
	registrations *trace.Set // by name
	rung          *trace.Flag

	mu        sync.Mutex
	callbacks map[string]func()
}

// OnRing calls f when the bell rings, unless stop was called
// before. It is like context.AfterFunc, but f runs on the
// bell's goroutine, and an f that is registered after the bell
// has rung is never called.
func (b *Bell) OnRing(
	ctx context.Context, name string, f func(),
) (stop func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.callbacks[name] = f
	b.registrations.Add(ctx, name)
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.callbacks, name)
		b.registrations.Remove(ctx, name)
	}
}

// ring is a task of the world: the bell rings at 10 ms.
func (b *Bell) ring(ctx context.Context) {
	time.Sleep(10 * time.Millisecond)
	b.mu.Lock()
	b.rung.Raise(ctx)
	callbacks := slices.Collect(maps.Values(b.callbacks))
	b.mu.Unlock() // a callback may call its stop
	for _, f := range callbacks {
		f()
	}
}

// NoCtx ignores ctx: it waits until the bell rings.
func (b *Bell) NoCtx(ctx context.Context, name string) error {
	rung := make(chan struct{})
	stop := b.OnRing(ctx, name, func() { close(rung) })
	trace.At(ctx, 1)
	<-rung
	stop()
	return nil
}

// NoStop returns when ctx is done, and does not stop its
// callback then.
func (b *Bell) NoStop(ctx context.Context, name string) error {
	rung := make(chan struct{})
	stop := b.OnRing(ctx, name, func() { close(rung) })
	trace.At(ctx, 1)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-rung:
		stop()
		return nil
	}
}

// DeferredStop stops its callback on every return.
func (b *Bell) DeferredStop(
	ctx context.Context, name string,
) error {
	rung := make(chan struct{})
	stop := b.OnRing(ctx, name, func() { close(rung) })
	defer stop()
	trace.At(ctx, 1)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-rung:
		return nil
	}
}

type hearFunc func(*Bell, context.Context, string) error

var pollByHand = programs(bell, map[string]hearFunc{
	"no-ctx":        (*Bell).NoCtx,
	"no-stop":       (*Bell).NoStop,
	"deferred-stop": (*Bell).DeferredStop,
})

// bell waits for a bell of its own.
func bell(env *trace.Env, hear hearFunc) Handler {
	b := &Bell{
		registrations: env.Set("registrations"),
		rung:          env.Flag("rung"),
		callbacks:     map[string]func(){},
	}
	env.Other("bell", b.ring)
	return func(
		ctx context.Context, name string,
	) (string, error) {
		return "rung", hear(b, ctx, name)
	}
}
