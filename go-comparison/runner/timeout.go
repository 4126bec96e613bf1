package runner

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// runTimeout is how long a run may take on the machine's clock. A run in
// virtual time takes a millisecond, one on a real disk some 200.
const runTimeout = 10 * time.Second

// HungError is the error of a run that does not end: a program that loops,
// or one that waits in a way that stops virtual time. Its goroutines
// cannot be ended from outside, so the process should be.
type HungError struct{ locations []string }

func (h *HungError) Error() string {
	return fmt.Sprintf("no end after %v. Its goroutines are at:\n  %s",
		runTimeout, strings.Join(h.locations, "\n  "))
}

// errGoexit is the error of a run whose goroutine ended without returning,
// as t.FailNow ends it.
var errGoexit = errors.New("the run ended its goroutine: runtime.Goexit")

// withTimeout does a run until late receives.
func withTimeout(mode string, do func() (*trace.Run, error), late <-chan time.Time) (*trace.Run, error) {
	type outcome struct {
		run *trace.Run
		err error
	}
	ended := make(chan outcome, 1)
	go func() {
		o := outcome{err: errGoexit}
		defer func() {
			if p := recover(); p != nil {
				panic(p) // it ends the process
			}
			ended <- o
		}()
		o.run, o.err = do()
	}()
	select {
	case o := <-ended:
		return o.run, o.err
	case <-late:
		all := stacks()
		bubble := 0 // in real time there is none
		if mode == Virtual {
			// Earlier runs may have left goroutines; this is the last run.
			bubble = slices.MaxFunc(all, func(s, t stack) int { return s.bubble - t.bubble }).bubble
		}
		return nil, &HungError{programLocations(all, bubble)}
	}
}

// programLocations returns where the goroutines of programs are, with
// their states.
func programLocations(all []stack, bubble int) (locations []string) {
	for _, s := range all {
		if f, ok := s.programFrame(); ok && s.bubble == bubble {
			locations = append(locations, fmt.Sprintf("%s, %s (%s)", shortName(f.function), f.at, s.state))
		}
	}
	return locations
}
