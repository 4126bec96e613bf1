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
// does. It ignores the cancellation of ctx, which only names the task.
func (l *Lock) Lock(ctx context.Context) (unlock func()) {
	// Acquire fails only when its context is done.
	_ = l.sem.Acquire(context.Background(), 1)
	return l.locked(ctx)
}

// LockContext waits for the lock until ctx is done. With a context that
// is done already it fails, even if the lock is free.
func (l *Lock) LockContext(ctx context.Context) (unlock func(), err error) {
	if err := l.sem.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	return l.locked(ctx), nil
}

// locked reports that the lock is held. Unlocking is reported before the
// lock is free: after that the next holder may report.
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

// Held reports whether the lock is held. It does not try to take it.
func (l *Lock) Held() bool { return l.held.Load() }

func (l *Lock) state() (State, error) { return FlagOf(l.Held()), nil }
