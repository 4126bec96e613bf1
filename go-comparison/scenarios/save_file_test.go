package scenarios

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// bomb is a context whose Err panics once it is armed.
type bomb struct {
	context.Context
	armed func() bool
}

func (b bomb) Err() error {
	if b.armed() {
		panic("bomb")
	}
	return b.Context.Err()
}

// The deferred undo also runs in a panic, and the lock is free after it:
// net/http recovers a panic of a handler and goes on serving.
func TestCtxUndoOnPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		env := trace.NewEnv("")
		s := newStore(env, 2, time.Second)
		world := func() trace.World {
			w, err := env.World()
			if err != nil {
				t.Fatal(err)
			}
			return w
		}
		written := func() bool { return len(world()["disk"].Items()) > 0 }
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
			if w := world(); written() || w["lock"].Up() {
				t.Errorf("left: %v", w)
			}
		}()
		_ = s.CtxUndo(bomb{t.Context(), written}, File{"a", "text"})
	})
}
