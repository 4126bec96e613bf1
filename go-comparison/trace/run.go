package trace

// Schema is the version of the protocol.
const Schema = 1

// Header says which program ran, on which runtime, under which cut.
type Header struct {
	Schema   int               `json:"schema"`
	Language string            `json:"language"`
	Runtime  map[string]string `json:"runtime"`
	Scenario string            `json:"scenario"`
	Variant  string            `json:"variant"`
	Who      string            `json:"who"`
	Mode     string            `json:"mode"`
	Cut      string            `json:"cut"`
}

// Ending says why a run is over.
type Ending string

// The endings that a Go run can have.
const (
	Quiet      Ending = "quiet"      // nothing is runnable or pending
	Horizon    Ending = "horizon"    // the contract's horizon was reached
	Process    Ending = "process"    // the process has ended
	Unrealized Ending = "unrealized" // the cut was never reached
)

// Leftover is something that still exists when the run is over.
type Leftover struct {
	What string `json:"what"`
	Name string `json:"name"`
	At   string `json:"at,omitempty"`
}

// Run is one execution of one program under one cut.
type Run struct {
	Header Header
	Events []Event
	Ending Ending
	World  World
	Left   []Leftover
}

// Check fails if the world differs from the sum of the reported effects:
// then a place changed without a report.
func (r *Run) Check() error {
	folded, err := Fold(r.Events)
	if err != nil {
		return err
	}
	return r.World.SameAs(folded)
}
