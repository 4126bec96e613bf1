package trace

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// Set is a set of names. Its methods do not wait.
type Set struct {
	name  string
	mu    sync.Mutex
	items map[string]struct{}
}

// Add adds an item to the set, if it is not there.
func (s *Set) Add(ctx context.Context, item string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, there := s.items[item]; there {
		return
	}
	report(ctx, false, Event{Place: s.name, Op: Add, Item: item})
	s.items[item] = struct{}{}
}

// Remove removes an item from the set, if it is there.
func (s *Set) Remove(ctx context.Context, item string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, there := s.items[item]; !there {
		return
	}
	report(ctx, false, Event{Place: s.name, Op: Remove, Item: item})
	delete(s.items, item)
}

// Has reports whether an item is there.
func (s *Set) Has(item string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, there := s.items[item]
	return there
}

// Items returns the items of the set, sorted.
func (s *Set) Items() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.items))
}

// Len returns the number of items.
func (s *Set) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.items)
}

func (s *Set) state() (State, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return SetOf(slices.Collect(maps.Keys(s.items))...), nil
}
