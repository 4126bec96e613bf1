package runner

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// enough is how long a run may take on the machine's clock. Those in
// virtual time take a millisecond, those on a real disk a fifth of a
// second.
const enough = 10 * time.Second

func patience() <-chan time.Time { return time.After(enough) }

// Hung is the error of a run that does not end: a program that loops,
// or one that waits in a way that stops virtual time. Its goroutines
// cannot be ended from outside, so the process should be.
type Hung struct{ where []string }

func (h *Hung) Error() string {
	return fmt.Sprintf("no end after %v. Where it stands:\n  %s",
		enough, strings.Join(h.where, "\n  "))
}

// errGoexit is the error of a run whose goroutine ended without returning,
// as t.FailNow ends it.
var errGoexit = errors.New("the run ended its goroutine: runtime.Goexit")

// patiently does a run, unless it does not end until it is late.
func patiently(mode string, do func() (*trace.Run, error), late <-chan time.Time) (*trace.Run, error) {
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
		return nil, &Hung{standing(all, bubble)}
	}
}

// standing says where the goroutines of programs stand, and why.
func standing(all []stack, bubble int) (where []string) {
	for _, s := range all {
		if f, ok := s.ofProgram(); ok && s.bubble == bubble {
			where = append(where, fmt.Sprintf("%s, %s (%s)", short(f.function), f.at, s.state))
		}
	}
	return where
}
