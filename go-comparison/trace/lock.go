package trace

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// Lock is a lock that may be held over a wait. A sync.Mutex would do
// in a program, but a goroutine that waits for one is not durably
// blocked in a bubble of testing/synctest, and virtual time stops.
type Lock struct {
	name string
	sem  *semaphore.Weighted
	held atomic.Bool
}

// Lock waits for the lock however long it takes, as a sync.Mutex
// does: ctx says on whose behalf, and its end is not looked at.
func (l *Lock) Lock(ctx context.Context) (unlock func()) {
	// Acquire fails only when its context is done.
	_ = l.sem.Acquire(context.Background(), 1)
	return l.locked(ctx)
}

// LockContext waits for the lock until ctx is done. A context that is
// done already never gets the lock, even a free one.
func (l *Lock) LockContext(ctx context.Context) (unlock func(), err error) {
	if err := l.sem.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	return l.locked(ctx), nil
}

// locked reports the lock taken. The flag is lowered before the lock
// is free: once it is, the next holder reports that it has it.
func (l *Lock) locked(ctx context.Context) (unlock func()) {
	l.held.Store(true)
	t, _ := taskOf(ctx)
	report(ctx, true, Event{Place: l.name, Op: Raise, Item: t.name})
	return func() {
		report(ctx, false, Event{Place: l.name, Op: Lower, Item: t.name})
		l.held.Store(false)
		l.sem.Release(1)
	}
}

// Held tells, and takes nothing: whoever looks is in nobody's way.
func (l *Lock) Held() bool { return l.held.Load() }

func (l *Lock) state() (State, error) { return FlagOf(l.Held()), nil }
