//go:build !js

package runner

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// children does runs in a child process: those that may end their process,
// and others once earlier runs have left many goroutines here. Nothing but
// the end of the process ends those, and each makes it slower to find the
// next ones. A child serves until a run ends it or has left too many.
type children struct {
	child *child
	// here and inChild are how many goroutines were left in this process
	// and in the child.
	here, inChild int
	// timeout is how long a child may take for a run: longer than it
	// allows itself.
	timeout time.Duration
}

// maxLeft goroutines take a millisecond to read.
const maxLeft = 300

func newChildren() *children { return &children{timeout: runTimeout + 5*time.Second} }

// needed reports whether a run is to be done in a child.
func (c *children) needed(job Job) bool {
	return job.onEvent == nil && (job.Variant.EndsProcess || c.here > maxLeft)
}

// leftHere counts what a run has left in this process.
func (c *children) leftHere(run *trace.Run) { c.here += len(run.Left) }

func (c *children) do(job Job) (*trace.Run, error) {
	if c.child == nil {
		child, err := startChild()
		if err != nil {
			return nil, fmt.Errorf("cannot start a process for the run: %w", err)
		}
		c.child = child
	}
	events, end, err := c.child.do(job, c.timeout)
	var exit *exitError
	if errors.As(err, &exit) {
		c.child, c.inChild = nil, 0
		return runToExit(job, events, exit)
	}
	if err != nil {
		return nil, err
	}
	if c.inChild += len(end.Left); c.inChild > maxLeft {
		c.close()
	}
	return runOf(job, events, end.Ending, end.Left)
}

// close ends the child, if there is one. It has no error: a child that
// does not end is killed.
func (c *children) close() {
	if c.child != nil {
		c.child.close()
		c.child, c.inChild = nil, 0
	}
}

// panicCode is the exit code of a process that panics.
const panicCode = 2

// runToExit completes a run whose panic ended its process. Any other exit
// is an error.
func runToExit(job Job, events []trace.Event, exit *exitError) (*trace.Run, error) {
	panicked := slices.ContainsFunc(events, func(e trace.Event) bool { return e.Kind == trace.GoPanic })
	if !panicked || exit.code != panicCode {
		return nil, exit
	}
	events = trace.UntilPanic(events)
	code := int64(exit.code)
	events = append(events, trace.Event{
		AtMS: events[len(events)-1].AtMS,
		Task: job.Scenario.Caller,
		Kind: trace.ProcessEnded,
		Code: &code,
	})
	return runOf(job, events, trace.Process, nil)
}

// runOf returns the run with these events. Its world is the sum of their
// effects: the child, if it still exists, has compared that with the state
// of the places.
func runOf(job Job, events []trace.Event, ending trace.Ending, left []trace.Leftover) (*trace.Run, error) {
	env := trace.NewEnv("")
	job.Variant.Program(env) // makes the places without effects
	world, err := env.World()
	if err != nil {
		return nil, err
	}
	folded, err := trace.Fold(events)
	if err != nil {
		return nil, err
	}
	maps.Copy(world, folded)
	return &trace.Run{
		Events: trace.Canonical(events, job.Scenario.Others...),
		Ending: ending,
		World:  world,
		Left:   left,
	}, nil
}
