package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sys/unix"

	"droppoint.dev/go-comparison/trace"
)

// steps keeps when the steps of saves began: a client that leaves wants
// to know in which step it did.
type steps struct {
	mu    sync.Mutex
	saves map[uint64]*watched
}

// watched is a save; its times are nanoseconds of CLOCK_MONOTONIC, a
// clock that another process can read as well.
type watched struct {
	Save  uint64         `json:"save"`
	Steps map[int]uint64 `json:"steps"`
	Ended *uint64        `json:"ended"`
	How   *string        `json:"how"`
}

// watch returns a context that reports the steps of this save, and a
// function to be called with its error when it has ended.
func (s *steps) watch(ctx context.Context, number uint64) (context.Context, func(error)) {
	save := &watched{Save: number, Steps: map[int]uint64{}}
	s.mu.Lock()
	s.saves[number] = save
	s.mu.Unlock()
	ctx = trace.WithSteps(ctx, func(step int) {
		at := now()
		s.mu.Lock()
		defer s.mu.Unlock()
		if _, began := save.Steps[step]; !began {
			save.Steps[step] = at
		}
	})
	return ctx, func(err error) {
		at, how := now(), "saved"
		if err != nil {
			how = "failed"
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		save.Ended, save.How = &at, &how
	}
}

// list returns all of them as they are now. If forget is set, it forgets
// those that have ended.
func (s *steps) list(forget bool) []watched {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]watched, 0, len(s.saves))
	for number, save := range s.saves {
		now := *save
		now.Steps = maps.Clone(save.Steps)
		all = append(all, now)
		if forget && save.Ended != nil {
			delete(s.saves, number)
		}
	}
	slices.SortFunc(all, func(a, b watched) int { return cmp.Compare(a.Save, b.Save) })
	return all
}

// saveNumber reads the number that a client gives its save in x-save.
func saveNumber(header string) (uint64, bool) {
	number, err := strconv.ParseUint(header, 10, 53)
	return number, err == nil
}

func now() uint64 {
	var t unix.Timespec
	// It fails for a clock that the system does not have.
	_ = unix.ClockGettime(unix.CLOCK_MONOTONIC, &t)
	return uint64(t.Nano())
}
