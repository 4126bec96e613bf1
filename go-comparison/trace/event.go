// Package trace records what the programs of a scenario do: which task
// waits where, which place of the world changes, what each caller gets
// for an answer. It does not judge. The types are those of the runner
// protocol, docs/protocol.md.
package trace

// Kind says what an event is.
type Kind string

// The kinds of events that Go programs have.
const (
	TaskSpawned     Kind = "task-spawned"
	TaskFinished    Kind = "task-finished"
	WaitBegun       Kind = "wait-begun"
	WaitEnded       Kind = "wait-ended"
	Effect          Kind = "effect"
	CancelRequested Kind = "cancel-requested"
	CancelNoticed   Kind = "cancel-noticed"
	Returned        Kind = "returned"
	ProcessEnded    Kind = "process-ended"
	GoPanic         Kind = "go.panic"
)

// Op says what an effect did to its place.
type Op string

// The ops: two for each kind of place, and one for numbers.
const (
	Add    Op = "add"
	Remove Op = "remove"
	Push   Op = "push"
	Pop    Op = "pop"
	Put    Op = "put"
	Delete Op = "delete"
	Raise  Op = "raise"
	Lower  Op = "lower"
	Change Op = "change"
)

// Event is one thing that happened, when, and in which task. Fields
// that a kind does not have stay empty and are not written.
type Event struct {
	Seq  int    `json:"seq"`
	AtMS int64  `json:"at_ms"`
	Task string `json:"task"`
	Kind Kind   `json:"kind"`

	// Parent is the task that spawned this one, unless the driver did.
	Parent string `json:"parent,omitempty"`

	// Step is the step of the contract that a wait belongs to, Src
	// the line of source where it begins.
	Step int    `json:"step,omitempty"`
	Src  string `json:"src,omitempty"`

	// Place, Op, Item, Value and N make an effect.
	Place string  `json:"place,omitempty"`
	Op    Op      `json:"op,omitempty"`
	Item  string  `json:"item,omitempty"`
	Value *string `json:"value,omitempty"`
	N     *int64  `json:"n,omitempty"`

	// Error is what a caller got instead of a Value, or the text of a
	// panic.
	Error *string `json:"error,omitempty"`

	// Code is the exit code of the process.
	Code *int64 `json:"code,omitempty"`

	// Awaited says that the parent of a task waits for its end. It is
	// used to order events, and written in no run.
	Awaited bool `json:"awaited,omitempty"`
}
