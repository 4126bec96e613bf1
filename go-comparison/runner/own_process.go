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

// processes does the runs that may end the process that they are in:
// in a child, which serves until a run ends it. Then comes the next.
//
// It helps with runs that leave goroutines behind, too. Nothing but the
// end of their process ends those, and each makes it slower to find the
// next ones. When there are many here, the runs go to children, and
// when there are many there, to another child.
type processes struct {
	child *child
	// here and there are how many were left in this process and in the
	// child.
	here, there int
	// patience is how long a child may take for a run: longer than it
	// allows itself.
	patience time.Duration
}

// many goroutines, to be found again, take a millisecond.
const many = 300

func newProcesses() *processes { return &processes{patience: enough + 5*time.Second} }

// wants says whether a run is to be done in a child.
func (p *processes) wants(job Job) bool {
	return job.seen == nil && (job.Variant.OwnProcess || p.here > many)
}

// done notes what a run has left in this process.
func (p *processes) done(run *trace.Run) { p.here += len(run.Left) }

func (p *processes) do(job Job) (*trace.Run, error) {
	if p.child == nil {
		child, err := startChild()
		if err != nil {
			return nil, fmt.Errorf("no process of its own for the run: %w", err)
		}
		p.child = child
	}
	events, end, err := p.child.ask(job, p.patience)
	var death *death
	if errors.As(err, &death) {
		p.child, p.there = nil, 0
		return lastRun(job, events, death)
	}
	if err != nil {
		return nil, err
	}
	if p.there += len(end.Left); p.there > many {
		p.close()
	}
	return runOf(job, events, end.Ending, end.Left)
}

// close ends the child, if there is one. It does not fail: a child that
// does not go is killed.
func (p *processes) close() {
	if p.child != nil {
		p.child.close()
		p.child, p.there = nil, 0
	}
}

// lastRun completes the run that ended its process: the one who should
// have is gone.
func lastRun(job Job, events []trace.Event, death *death) (*trace.Run, error) {
	panicked := slices.ContainsFunc(events, func(e trace.Event) bool { return e.Kind == trace.GoPanic })
	if !panicked || death.code != panicCode {
		return nil, death
	}
	events = trace.AtDeath(events)
	code := int64(death.code)
	events = append(events, trace.Event{
		AtMS: events[len(events)-1].AtMS,
		Task: job.Scenario.Caller,
		Kind: trace.ProcessEnded,
		Code: &code,
	})
	return runOf(job, events, trace.Process, nil)
}

// panicCode is what the runtime ends a process with that panics.
const panicCode = 2

// runOf is the run with these events. What the world was in the end is
// what they add up to: the child has asked the things themselves, if it
// lived to do so.
func runOf(job Job, events []trace.Event, ending trace.Ending, left []trace.Left) (*trace.Run, error) {
	env := trace.NewEnv("")
	job.Variant.Program(env) // makes the places that nothing happened to
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
