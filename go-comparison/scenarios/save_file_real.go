package scenarios

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// Served is a Store on a real directory, for an HTTP server.
type Served struct {
	store *Store
	save  saveFunc
	Index *trace.Set
	Lock  *trace.Lock
}

// NewServed makes a store on a directory that has these files. It saves
// as a variant of save-file does; ok is false if there is no such variant.
func NewServed(
	dir, variant string, files []string, quota int, lag time.Duration,
) (s *Served, ok bool) {
	save, ok := saves[variant]
	if !ok {
		return nil, false
	}
	store := newStore(trace.NewEnv(dir), quota, lag)
	for _, id := range files {
		store.index.Add(context.Background(), id)
	}
	return &Served{store, save, store.index, store.lock}, true
}

// Save saves a file.
func (s *Served) Save(ctx context.Context, f File) error {
	return s.save(s.store, ctx, f)
}

// Remove removes a file and its name, and says whether there was one. It
// waits for the lock and ignores the cancellation of ctx.
func (s *Served) Remove(ctx context.Context, id string) (bool, error) {
	ctx = context.WithoutCancel(ctx)
	unlock := s.Lock.Lock(ctx)
	defer unlock()
	if !s.Index.Has(id) {
		return false, nil
	}
	// If the file does not exist any more, its name is still removed.
	err := s.store.disk.Remove(ctx, id)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	s.Index.Remove(ctx, id)
	return true, nil
}
