package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sys/unix"

	"droppoint.dev/go-comparison/trace"
)

// steps keeps when the steps of saves began, for whoever cuts saves
// off and wants to know where.
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

// watch returns a context that tells of the steps of this save, and
// what to call with its error when it has ended.
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

// take is all of them as JSON; those that have ended are forgotten.
func (s *steps) take() (json.RawMessage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]*watched, 0, len(s.saves))
	for number, save := range s.saves {
		all = append(all, save)
		if save.Ended != nil {
			delete(s.saves, number)
		}
	}
	slices.SortFunc(all, func(a, b *watched) int { return cmp.Compare(a.Save, b.Save) })
	return json.Marshal(all)
}

// numberOf reads what a client calls its save in x-save.
func numberOf(header string) (uint64, bool) {
	number, err := strconv.ParseUint(header, 10, 53)
	return number, err == nil
}

func now() uint64 {
	var t unix.Timespec
	// It fails for a clock that the system does not have.
	_ = unix.ClockGettime(unix.CLOCK_MONOTONIC, &t)
	return uint64(t.Nano())
}
