package trace

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
)

// An error is taken when a caller receives it, also wrapped; other errors,
// such as a context's, never are.
func TestTake(t *testing.T) {
	ctx, rec := recorded(t.Context())
	env := NewEnv("")
	disk := env.Errors()
	full, torn := disk.New(ctx, "full"), disk.New(ctx, "torn")
	Take(ctx, nil)
	Take(ctx, context.Canceled)
	Take(ctx, fmt.Errorf("saving: %w", full))
	if full.Error() != "full" || errors.Is(full, torn) {
		t.Errorf("%v, %v", full, torn)
	}
	if got := summary(rec.Close()); got != "a:addfull a:addtorn a:addfull" {
		t.Error(got)
	}
	world, err := env.World()
	if err != nil {
		t.Fatal(err)
	}
	want := World{"made": SetOf("full", "torn"), "taken": SetOf("full")}
	if err := world.SameAs(want); err != nil {
		t.Error(err)
	}
}

func TestNumberAndFlag(t *testing.T) {
	ctx, rec := recorded(t.Context())
	env := NewEnv("")
	n, f := env.Number("n"), env.Flag("f")
	n.Add(ctx, 3)
	n.Add(ctx, -5)
	f.Raise(ctx)
	f.Raise(ctx) // it is up already
	world, err := env.World()
	if err != nil {
		t.Fatal(err)
	}
	folded, err := Fold(rec.Close())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []World{world, folded} {
		if w["n"].Number() != -2 || !w["f"].Up() {
			t.Errorf("%v", w)
		}
	}
}

// When main has returned, a goroutine that goes on cannot change
// anything, and none of its events are recorded.
func TestProcessEnds(t *testing.T) {
	ctx, rec := recorded(t.Context())
	env := NewEnv("")
	set, n := env.Set("set"), env.Number("n")
	set.Add(ctx, "before")
	rec.EndProcess("a")
	var all sync.WaitGroup
	reached := false
	for _, act := range []func(){
		func() { set.Add(ctx, "after") },
		func() { set.Remove(ctx, "before") },
		func() { n.Add(ctx, 1) },
		func() { At(ctx, 1) },
		func() { Go(ctx, func(context.Context) {}) },
	} {
		all.Go(func() {
			act()
			reached = true
		})
	}
	all.Wait()
	if reached {
		t.Error("a goroutine went on after the end of its process")
	}
	if got := summary(rec.Close()); got != "a:addbefore a:process-ended" {
		t.Error(got)
	}
	world, err := env.World()
	if err != nil {
		t.Fatal(err)
	}
	if err := world.SameAs(World{"set": SetOf("before")}); err != nil {
		t.Error(err)
	}
}

// The context is done when the event happens, also if that was before the
// program began, and when it is stopped.
func TestNotifyContext(t *testing.T) {
	env := NewEnv("")
	ctx, stop := env.NotifyContext(t.Context())
	defer stop()
	if ctx.Err() != nil {
		t.Error("done before the event")
	}
	stopped, stopIt := env.NotifyContext(t.Context())
	stopIt()
	<-stopped.Done()
	env.Fire()
	<-ctx.Done()
	late, stopLate := env.NotifyContext(t.Context())
	defer stopLate()
	if late.Err() == nil {
		t.Error("not done after the event")
	}
}
