package trace

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
)

func TestLock(t *testing.T) {
	ctx, rec := recorded(t.Context())
	env := NewEnv("")
	lock := env.Lock("lock")
	done, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := lock.LockContext(done); !errors.Is(err, context.Canceled) {
		t.Errorf("a free lock for a context that is done: %v", err)
	}
	unlock := lock.Lock(done) // ignores it
	if world, _ := env.World(); !world["lock"].Up() {
		t.Error("the lock is free")
	}
	unlock()
	for range 2 { // reading the state does not take the lock
		if world, _ := env.World(); world["lock"].Up() {
			t.Error("the lock is held")
		}
	}
	if got := summary(rec.Close()); got != "a:raisea a:lowera" {
		t.Error(got)
	}
}

// The unlock is reported while the lock is still held, or the next holder
// could report that it has the lock before that.
func TestLowerBeforeRelease(t *testing.T) {
	lock := NewEnv("").Lock("lock")
	var held []bool
	rec := NewRecorder(func() int64 { // read at each event
		state, _ := lock.state()
		held = append(held, state.Up())
		return 0
	}, nil)
	lock.Lock(WithTask(t.Context(), rec, "a"))()
	if !slices.Equal(held, []bool{true, true}) {
		t.Errorf("at raise and lower the lock is held: %v", held)
	}
}

// Effects of concurrent tasks on the same places are reported in the order
// in which they happen: they add up.
func TestContention(t *testing.T) {
	ctx, rec := recorded(t.Context())
	env := NewEnv(t.TempDir())
	lock, disk := env.Lock("lock"), env.Disk("disk")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 200 {
				lock.Lock(ctx)()
				// One of them removes it, and the others fail.
				_ = disk.Write(ctx, "x", "short")
				_ = disk.Remove(ctx, "x")
			}
		})
	}
	all.Wait()
	if _, err := Fold(rec.Close()); err != nil {
		t.Error(err)
	}
}
