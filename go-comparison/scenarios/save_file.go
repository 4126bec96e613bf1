package scenarios

import (
	"context"
	"errors"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// A Store keeps uploaded files on a disk and their names in an
// index. It has room for two. Its parts take ctx to know who
// asks; only LockContext heeds ctx.Done.
type Store struct {
	lock  *trace.Lock // held by one save at a time
	disk  *trace.Disk // as with package os, what begins ends
	index *trace.Set
	lag   time.Duration // between the write and the insert
}

const quota = 2

// ErrOverQuota is the answer of a store that is full.
var ErrOverQuota = errors.New("over quota")

// A File is what a client uploads.
type File struct{ ID, Text string }

// Naive takes no notice of ctx. The goroutine that serves a
// request runs to its end, whether or not anybody still waits.
func (s *Store) Naive(ctx context.Context, f File) error {
	trace.At(ctx, 1)
	unlock := s.lock.Lock(ctx)
	defer unlock()
	if s.index.Len() >= quota {
		return ErrOverQuota
	}
	trace.At(ctx, 2)
	err := s.disk.Write(ctx, f.ID, f.Text)
	if err != nil {
		return err
	}
	trace.At(ctx, 3)
	time.Sleep(s.lag)
	s.index.Add(ctx, f.ID)
	return nil
}

// CtxChecked gives up as soon as ctx is done, as it should. A
// write cannot be interrupted, but the lag after it can: then
// the file stays behind, and no index knows it.
func (s *Store) CtxChecked(ctx context.Context, f File) error {
	unlock, err := s.admit(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	trace.At(ctx, 2)
	err = s.disk.Write(ctx, f.ID, f.Text)
	if err != nil {
		return err
	}
	trace.At(ctx, 3)
	if err := sleep(ctx, s.lag); err != nil {
		return err
	}
	s.index.Add(ctx, f.ID)
	return nil
}

// CtxUndo gives up like CtxChecked, and cleans up after itself.
func (s *Store) CtxUndo(
	ctx context.Context, f File,
) (err error) {
	unlock, err := s.admit(ctx)
	if err != nil {
		return err
	}
	// Deferred first, so unlocked last: nobody gets in before
	// the undo is done.
	defer unlock()
	trace.At(ctx, 2)
	err = s.disk.Write(ctx, f.ID, f.Text)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			// ctx is done by now; the undo must not obey it.
			ctx := context.WithoutCancel(ctx)
			undo := s.disk.Remove(ctx, f.ID)
			err = errors.Join(err, undo)
		}
	}()
	trace.At(ctx, 3)
	if err := sleep(ctx, s.lag); err != nil {
		return err
	}
	s.index.Add(ctx, f.ID)
	return nil
}

// WithoutCancel heeds ctx only until it holds the lock. What it
// has begun it commits, whoever leaves.
func (s *Store) WithoutCancel(
	ctx context.Context, f File,
) error {
	unlock, err := s.admit(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	ctx = context.WithoutCancel(ctx)
	trace.At(ctx, 2)
	err = s.disk.Write(ctx, f.ID, f.Text)
	if err != nil {
		return err
	}
	trace.At(ctx, 3)
	if err := sleep(ctx, s.lag); err != nil {
		return err
	}
	s.index.Add(ctx, f.ID)
	return nil
}

// admit takes the lock, unless ctx is done, and checks the
// quota.
func (s *Store) admit(ctx context.Context) (func(), error) {
	trace.At(ctx, 1)
	unlock, err := s.lock.LockContext(ctx)
	if err != nil {
		return nil, err
	}
	if s.index.Len() >= quota {
		unlock()
		return nil, ErrOverQuota
	}
	return unlock, nil
}

// sleep waits for d, or only until ctx is done.
func sleep(ctx context.Context, d time.Duration) error {
	// Look first: of two ready cases, select takes any.
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// SaveFile asks what is left on the disk when a client leaves
// while its upload is being saved.
var SaveFile = Scenario{
	ID:     "save-file",
	Who:    Client,
	Caller: "a",
	Probes: []string{"b", "c"},
	Variants: []Variant{{
		Name: "naive",
		About: "Takes no notice of the context: " +
			"the goroutine runs to its end.",
		New: served((*Store).Naive),
	}, {
		Name: "ctx-checked",
		About: "Returns on ctx.Done between write and " +
			"insert, and leaves the file behind.",
		New: served((*Store).CtxChecked),
	}, {
		Name:  "ctx-undo",
		About: "As ctx-checked, with a deferred undo.",
		New:   served((*Store).CtxUndo),
	}, {
		Name: "without-cancel",
		About: "Checks the context before it begins, then " +
			"commits under context.WithoutCancel.",
		New: served((*Store).WithoutCancel),
	}},
}

type save func(*Store, context.Context, File) error

// served puts a way to save behind a store of its own.
func served(save save) func(*trace.Env) Handler {
	return func(env *trace.Env) Handler {
		s := &Store{
			lock:  env.Lock("lock"),
			disk:  env.Disk("disk"),
			index: env.Set("index"),
			lag:   time.Second,
		}
		if env.Real() {
			s.lag = 40 * time.Millisecond
		}
		text := env.Text()
		return func(
			ctx context.Context, id string,
		) (string, error) {
			err := save(s, ctx, File{ID: id, Text: text})
			if err != nil {
				return "", err
			}
			return "saved", nil
		}
	}
}
