package trace

import (
	"context"
	"sync"
)

// Flag is a place that is up or down.
type Flag struct {
	name string
	mu   sync.Mutex
	up   bool
}

// Raise raises the flag, if it is down.
func (f *Flag) Raise(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.up {
		return
	}
	report(ctx, false, Event{Place: f.name, Op: Raise})
	f.up = true
}

func (f *Flag) state() (State, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return FlagOf(f.up), nil
}
