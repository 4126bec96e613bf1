package runner

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// patience is how long a run may take on the machine's clock. Those in
// virtual time take a millisecond, those on a real disk a fifth of a
// second.
const patience = 10 * time.Second

// Hung is the error of a run that does not end: a program that loops,
// or one that waits in a way that stops virtual time. Its goroutines
// cannot be ended from outside, so the process should be.
type Hung struct{ where []string }

func (h *Hung) Error() string {
	return fmt.Sprintf("no end after %v. Where it stands:\n  %s",
		patience, strings.Join(h.where, "\n  "))
}

// patiently does a job, unless it does not end in time.
func patiently(
	t *testing.T, job Job, do func(*testing.T, Job) (*trace.Run, error), late <-chan time.Time,
) (*trace.Run, error) {
	type outcome struct {
		run *trace.Run
		err error
	}
	before := stacks()
	ended := make(chan outcome, 1)
	go func() {
		run, err := do(t, job)
		ended <- outcome{run, err}
	}()
	select {
	case o := <-ended:
		return o.run, o.err
	case <-late:
		return nil, &Hung{standing(since(before, stacks()))}
	}
}

// standing says where the goroutines of programs stand, and why.
func standing(alive []stack) (where []string) {
	for _, s := range alive {
		if f, ok := s.ofProgram(); ok {
			where = append(where, fmt.Sprintf("%s, %s (%s)", short(f.function), f.at, s.state))
		}
	}
	return where
}
