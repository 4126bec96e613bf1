// Package scenarios has the Go programs of each scenario, one file
// each, and what the driver must know about them.
package scenarios

import (
	"context"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// Who says what a cut is.
type Who string

const (
	// Client leaves and waits for nothing: its context is cancelled,
	// and it is told nothing any more.
	Client Who = "client"
	// InProcess is a caller that cancels the context and then waits
	// until the function returns, as Go code does.
	InProcess Who = "in-process"
	// Inside cancels nothing: an event fires (trace.Env.Event), and
	// the program cancels by itself.
	Inside Who = "inside"
)

// Scenario is one question, with the programs that answer it. The
// contract, scenarios/<ID>.toml, says the same for all languages.
type Scenario struct {
	ID  string
	Who Who
	// Caller is the task that is cut; it runs on an item of its name.
	Caller string
	// Probes come after it, 1 ms apart, and are never cut.
	Probes []string
	// Others are tasks of the world; programs make them (trace.Env.Other).
	Others []string
	// Horizon ends runs that have no other end; mostly there is none.
	Horizon time.Duration
	// Process says that the caller is main: when it returns, the process
	// is over, and every goroutine with it.
	Process bool
	// Real says that there are a real clock and a real disk for it.
	Real     bool
	Variants []Variant
}

// Variant is one program.
type Variant struct {
	Name  string
	About string
	// New builds the program's world and returns what serves a call.
	New func(*trace.Env) Handler
	// OwnProcess says that a run may end the process that it is in.
	OwnProcess bool
}

// Handler serves one call, on one item, and returns the answer, which
// counts only if there is no error.
type Handler func(ctx context.Context, item string) (string, error)

// All scenarios, in the order of the catalogue.
var All = []Scenario{
	SaveFile, GracefulStop, TryJoin, Receive, PollByHand,
	Futurelock, Detach, LostError, Shutdown,
}
