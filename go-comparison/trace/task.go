package trace

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
)

// A task is carried in the context, as request ids are.
type task struct {
	name string
	rec  *Recorder
}

type taskKey struct{}

// WithTask returns a context in which everything is reported to rec
// under this name.
func WithTask(ctx context.Context, rec *Recorder, name string) context.Context {
	return context.WithValue(ctx, taskKey{}, task{name, rec})
}

func taskOf(ctx context.Context) (task, bool) {
	t, ok := ctx.Value(taskKey{}).(task)
	return t, ok
}

type stepsKey struct{}

// WithSteps returns a context without a task. At calls onStep with the
// number of each step when it begins.
func WithSteps(ctx context.Context, onStep func(step int)) context.Context {
	return context.WithValue(ctx, stepsKey{}, onStep)
}

// At marks the line of a program where it waits in step n of its
// contract. It ends the wait before; this wait ends when the task begins
// another, changes the world by itself, or returns. In a context without
// a task, as in a server, At only calls the function of WithSteps, if
// there is one.
func At(ctx context.Context, n int) {
	t, ok := taskOf(ctx)
	if !ok {
		if onStep, ok := ctx.Value(stepsKey{}).(func(int)); ok {
			onStep(n)
		}
		return
	}
	var src string
	if _, file, line, ok := runtime.Caller(1); ok {
		src = fmt.Sprintf("%s:%d", filepath.Base(file), line)
	}
	t.rec.beginWait(t.name, n, src)
}

// Go runs f in a goroutine that is a task of its own. In a context
// without a task it is a plain go statement.
func Go(ctx context.Context, f func(context.Context)) {
	go spawn(ctx, f, false)()
}

// Task spawns a task and returns the function that runs it. It is for
// sync.WaitGroup.Go: the task that spawned it waits for it before it
// ends.
func Task(ctx context.Context, f func(context.Context)) func() {
	return spawn(ctx, f, true)
}

// spawn names the task: the first one of task a is called a.1.
func spawn(ctx context.Context, f func(context.Context), awaited bool) func() {
	t, ok := taskOf(ctx)
	if !ok {
		return func() { f(ctx) }
	}
	name := t.rec.spawnChild(t.name)
	return func() {
		// A deferred call also sees runtime.Goexit.
		defer finish(t.rec, name, awaited)
		f(WithTask(ctx, t.rec, name))
	}
}

// TaskErr is Task for errgroup.Group.Go.
func TaskErr(ctx context.Context, f func(context.Context) error) func() error {
	var err error
	run := Task(ctx, func(ctx context.Context) { err = f(ctx) })
	return func() error {
		run()
		return err
	}
}

// finish is deferred. A panic goes on to end the process.
func finish(rec *Recorder, task string, awaited bool) {
	if p := recover(); p != nil {
		rec.panicked(task, p)
		panic(p)
	}
	rec.finish(task, awaited)
}

func childName(parent string, n int) string { return fmt.Sprintf("%s.%d", parent, n) }

// report reports a change of a place to the recorder of the context. A
// context without a task has none.
func report(ctx context.Context, awaited bool, e Event) {
	if t, ok := taskOf(ctx); ok {
		t.rec.checkQueues()
		e.Task = t.name
		t.rec.effect(e, awaited)
	}
}
