// Package scenarios has the Go programs of each scenario, one file
// each. What a scenario is, its contract says, for all languages.
package scenarios

import (
	"context"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// CancelSource says what a cut is.
type CancelSource string

const (
	// Client is a client that leaves and waits for nothing: its context
	// is cancelled, and it gets no answer.
	Client CancelSource = "client"
	// InProcess is a caller that cancels the context and then waits
	// until the function returns, as Go code does.
	InProcess CancelSource = "in-process"
	// Inside cancels no context: an event fires (trace.Env.Event), and
	// the program cancels by itself.
	Inside CancelSource = "inside"
)

// Scenario is one question, with the programs that answer it.
type Scenario struct {
	ID  string
	Who CancelSource
	// Caller is the task that is cut. It calls with its own name as
	// the item.
	Caller string
	// Probes call after it, 1 ms apart, and are never cut.
	Probes []string
	// Others are tasks of the world; programs make them (trace.Env.Other).
	Others []string
	// Horizon ends runs that have no other end. Zero means none.
	Horizon time.Duration
	// Process says that the caller is main: when it returns, the process
	// ends, and every goroutine with it.
	Process bool
	// Real says that the scenario also runs in real time, on a real disk.
	Real     bool
	Variants []Variant
}

// Variant is one program with its name.
type Variant struct {
	Name    string
	About   string
	Program Program
	// EndsProcess says that a run may end the process that it is in.
	EndsProcess bool
}

// Program builds the world of one run and returns what serves the calls.
type Program func(*trace.Env) Handler

// Handler serves one call, on one item, and returns the answer, which
// counts only if the error is nil.
type Handler func(ctx context.Context, item string) (string, error)

// Programs are the programs of a scenario, by the names of its variants.
type Programs map[string]Program

// programs makes programs of the functions that the variants consist
// of: serve builds a world and calls one of them in it.
func programs[F any](serve func(*trace.Env, F) Handler, functions map[string]F) Programs {
	made := Programs{}
	for name, function := range functions {
		made[name] = func(env *trace.Env) Handler { return serve(env, function) }
	}
	return made
}
