package scenarios

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// A Store keeps uploaded files on a disk and their names in an
// index, up to a quota. To save a file is to
//
//  1. take the lock and check the quota,
//  2. write the file,
//  3. wait a second,
//  4. put the name into the index, and answer.
//
// The lock, the disk and the index take ctx to know the task.
// Only LockContext and sleepContext return when ctx is done.
type Store struct {
	lock  *trace.Lock   // held by one save at a time
	disk  *trace.Disk   // a write cannot be stopped
	index *trace.Set    // the names
	quota int           // the most names
	lag   time.Duration // between the write and the insert
}

// ErrOverQuota is the error of a store that is full.
var ErrOverQuota = errors.New("over quota")

// A File is what a client uploads.
type File struct{ ID, Text string }

// Naive ignores ctx. When a client leaves, net/http cancels the
// context of its request (over HTTP/1 only after the handler
// has read the whole body), and does nothing else: the handler
// goes on until it returns.
func (s *Store) Naive(ctx context.Context, f File) error {
	trace.At(ctx, 1)
	unlock := s.lock.Lock(ctx)
	defer unlock()
	if s.index.Len() >= s.quota {
		return ErrOverQuota
	}
	trace.At(ctx, 2)
	if err := s.disk.Write(ctx, f.ID, f.Text); err != nil {
		return err
	}
	trace.At(ctx, 3)
	time.Sleep(s.lag)
	s.index.Add(ctx, f.ID)
	return nil
}

// CtxChecked returns as soon as ctx is done, as it should. The
// write cannot be interrupted, but the lag after it can: then
// the file is on the disk and its name in no index.
func (s *Store) CtxChecked(ctx context.Context, f File) error {
	unlock, err := s.admit(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	trace.At(ctx, 2)
	if err := s.disk.Write(ctx, f.ID, f.Text); err != nil {
		return err
	}
	trace.At(ctx, 3)
	if err := sleepContext(ctx, s.lag); err != nil {
		return err
	}
	s.index.Add(ctx, f.ID)
	return nil
}

// CtxUndo returns like CtxChecked, and removes the file, also
// in a panic: net/http recovers it and goes on serving.
func (s *Store) CtxUndo(
	ctx context.Context, f File,
) (err error) {
	unlock, err := s.admit(ctx)
	if err != nil {
		return err
	}
	// Deferred first, so it runs last: the lock is held until
	// the undo is done.
	defer unlock()
	saved := false
	// Deferred before the write, since a write that fails may
	// leave half a file, or none.
	defer func() {
		if saved {
			return
		}
		// ctx may be done. This disk ignores that; a database
		// would not, and needs a new deadline.
		ctx := context.WithoutCancel(ctx)
		undo := s.disk.Remove(ctx, f.ID)
		if undo != nil && !errors.Is(undo, fs.ErrNotExist) {
			err = errors.Join(err, undo)
		}
	}()
	trace.At(ctx, 2)
	if err := s.disk.Write(ctx, f.ID, f.Text); err != nil {
		return err
	}
	trace.At(ctx, 3)
	if err := sleepContext(ctx, s.lag); err != nil {
		return err
	}
	s.index.Add(ctx, f.ID)
	saved = true
	return nil
}

// WithoutCancel returns on ctx.Done until it holds the lock.
// After that it ignores cancellation and commits. (Only a disk
// that fails leaves something: half a file.) The deadline of
// ctx is gone as well; a call that may hang needs its own.
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
	if err := s.disk.Write(ctx, f.ID, f.Text); err != nil {
		return err
	}
	trace.At(ctx, 3)
	if err := sleepContext(ctx, s.lag); err != nil {
		return err
	}
	s.index.Add(ctx, f.ID)
	return nil
}

// admit takes the lock, unless ctx is done first, and checks
// the quota. If there is no error, the caller must unlock.
func (s *Store) admit(
	ctx context.Context,
) (unlock func(), err error) {
	trace.At(ctx, 1)
	unlock, err = s.lock.LockContext(ctx)
	if err != nil {
		return nil, err
	}
	if s.index.Len() >= s.quota {
		unlock()
		return nil, ErrOverQuota
	}
	return unlock, nil
}

type saveFunc func(*Store, context.Context, File) error

var saves = map[string]saveFunc{
	"naive":          (*Store).Naive,
	"ctx-checked":    (*Store).CtxChecked,
	"ctx-undo":       (*Store).CtxUndo,
	"without-cancel": (*Store).WithoutCancel,
}

var saveFile = programs(store, saves)

// store saves in a store of its own.
func store(env *trace.Env, save saveFunc) Handler {
	s := newStore(env, 2, time.Second)
	if env.Real() {
		s.lag = 40 * time.Millisecond
	}
	text := env.Text()
	return func(
		ctx context.Context, id string,
	) (string, error) {
		file := File{ID: id, Text: text}
		if err := save(s, ctx, file); err != nil {
			return "", err
		}
		return "saved", nil
	}
}

func newStore(
	env *trace.Env, quota int, lag time.Duration,
) *Store {
	return &Store{
		lock:  env.Lock("lock"),
		disk:  env.Disk("disk"),
		index: env.Set("index"),
		quota: quota,
		lag:   lag,
	}
}
