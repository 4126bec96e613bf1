package scenarios

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// A Bell rings once. Whoever wants to hear it
//
//  1. leaves a callback and waits for it,
//
// and takes it away again; the bell itself never does.
type Bell struct {
	registrations *trace.Set // by name
	rung          *trace.Flag

	mu        sync.Mutex
	callbacks map[string]func()
}

// OnRing has f called when the bell rings, unless stop was
// called before. As with context.AfterFunc, whoever registers
// gets a stop; unlike there, f runs on the ringer's goroutine,
// and who comes after the bell has rung is not called any more.
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

// ring is the world's side: it rings at 10 ms.
func (b *Bell) ring(ctx context.Context) {
	time.Sleep(10 * time.Millisecond)
	b.mu.Lock()
	b.rung.Raise(ctx)
	callbacks := slices.Collect(maps.Values(b.callbacks))
	b.mu.Unlock() // a callback may want to stop itself
	for _, f := range callbacks {
		f()
	}
}

// NoCtx takes no notice of ctx: it waits until the bell rings.
func (b *Bell) NoCtx(ctx context.Context, name string) error {
	rung := make(chan struct{})
	stop := b.OnRing(ctx, name, func() { close(rung) })
	trace.At(ctx, 1)
	<-rung
	stop()
	return nil
}

// NoStop returns when ctx is done, and forgets its callback:
// only the other way out stops it.
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

// DeferredStop stops, whichever way it leaves.
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
