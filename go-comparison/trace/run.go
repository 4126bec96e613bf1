package trace

// Schema is the version of the protocol.
const Schema = 1

// Header says who ran what, under which cut.
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
	Quiet      Ending = "quiet"      // nothing can move any more
	Horizon    Ending = "horizon"    // the contract ends it
	Process    Ending = "process"    // the process is over
	Unrealized Ending = "unrealized" // the cut was never reached
)

// Left is something that lives on when the run is over.
type Left struct {
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
	Left   []Left
}

// Check fails if the world, asked of the real things, is not what the
// reported effects add up to: then a place changed and nobody said so.
func (r *Run) Check() error {
	folded, err := Fold(r.Events)
	if err != nil {
		return err
	}
	return r.World.SameAs(folded)
}
