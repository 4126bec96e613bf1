package scenarios

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"droppoint.dev/go-comparison/trace"
)

// A Backup is saved while its caller works:
//
//  1. the caller's own work takes 25 ms,
//  2. saving takes 20 ms, and may fail before that.
type Backup struct {
	errors *trace.Errors
	full   <-chan struct{} // closed when the disk is full
}

// Ignored starts the save and discards its error, as a go
// statement discards every result of its function.
func (b *Backup) Ignored(ctx context.Context) error {
	trace.Go(ctx, func(ctx context.Context) {
		_ = b.save(ctx)
	})
	b.work(ctx)
	return nil
}

// Panic does not discard the error: the process ends, with all
// its goroutines.
func (b *Backup) Panic(ctx context.Context) error {
	trace.Go(ctx, func(ctx context.Context) {
		if err := b.save(ctx); err != nil {
			panic(err)
		}
	})
	b.work(ctx)
	return nil
}

// Errgroup waits for the save and returns its error.
func (b *Backup) Errgroup(ctx context.Context) error {
	var g errgroup.Group
	g.Go(trace.TaskErr(ctx, b.save))
	b.work(ctx)
	return g.Wait()
}

func (b *Backup) work(ctx context.Context) {
	trace.At(ctx, 1)
	time.Sleep(25 * time.Millisecond)
}

func (b *Backup) save(ctx context.Context) error {
	trace.At(ctx, 2)
	select {
	case <-b.full:
		return b.errors.New(ctx, "disk full")
	case <-time.After(20 * time.Millisecond):
		return nil
	}
}

type backupFunc func(*Backup, context.Context) error

var lostError = programs(backup, map[string]backupFunc{
	"ignored":  (*Backup).Ignored,
	"panic":    (*Backup).Panic,
	"errgroup": (*Backup).Errgroup,
})

// backup saves while it works.
func backup(env *trace.Env, save backupFunc) Handler {
	b := &Backup{
		errors: env.Errors(),
		full:   env.Event(),
	}
	return func(ctx context.Context, _ string) (string, error) {
		return "done", save(b, ctx)
	}
}
