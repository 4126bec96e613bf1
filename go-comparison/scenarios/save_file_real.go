package scenarios

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// Served is a store that serves others than the lab: its directory
// and its index outlive a run.
type Served struct {
	store *Store
	save  saveFunc
	Index *trace.Set
	Lock  *trace.Lock
}

// Serve makes a store in a directory, with files in it that it knows
// already. It saves as this variant of save-file does; ok is false if
// there is no such variant.
func Serve(
	dir, variant string, files []string, quota int, lag time.Duration,
) (s *Served, ok bool) {
	save, ok := saves[variant]
	if !ok {
		return nil, false
	}
	env := trace.NewEnv(dir)
	store := &Store{
		lock:  env.Lock("lock"),
		disk:  env.Disk("disk"),
		index: env.Set("index"),
		quota: quota,
		lag:   lag,
	}
	for _, id := range files {
		store.index.Add(context.Background(), id)
	}
	return &Served{store, save, store.index, store.lock}, true
}

// Save saves a file on behalf of ctx.
func (s *Served) Save(ctx context.Context, f File) error {
	return s.save(s.store, ctx, f)
}

// Remove removes a file and its name while nobody saves, however long
// that takes. It says whether there was such a file.
func (s *Served) Remove(ctx context.Context, id string) (bool, error) {
	ctx = context.WithoutCancel(ctx)
	unlock := s.Lock.Lock(ctx)
	defer unlock()
	if !s.Index.Has(id) {
		return false, nil
	}
	// Somebody else may have removed it: then its name goes, too.
	err := s.store.disk.Remove(ctx, id)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	s.Index.Remove(ctx, id)
	return true, nil
}
