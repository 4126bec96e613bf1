package trace

import "testing"

// Of the instant of a panic, what it depends on is kept, and what
// changed the world; of earlier instants, everything.
func TestAtDeath(t *testing.T) {
	text := "no more"
	events := []Event{
		{AtMS: 4, Task: "a.2", Kind: WaitBegun, Step: 1},
		{AtMS: 5, Task: "a.1", Kind: WaitEnded, Step: 1},
		{AtMS: 5, Task: "a", Kind: CancelRequested},      // after all that was due
		{AtMS: 5, Task: "a.2", Kind: WaitEnded, Step: 1}, // may or may not be
		{AtMS: 5, Task: "a.2", Kind: Effect, Place: "set", Op: Add, Item: "x"},
		{AtMS: 5, Task: "a.1", Kind: GoPanic, Error: &text},
		{AtMS: 5, Task: "a.2", Kind: Effect, Place: "set", Op: Remove, Item: "x"},
		{AtMS: 5, Task: "a.2", Kind: WaitBegun, Step: 2},
	}
	want := "a.2:wait-begun a.1:wait-ended a:cancel-requested a.2:addx a.1:go.panic a.2:removex"
	if got := summary(AtDeath(events)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := AtDeath(events[:5]); len(got) != 5 {
		t.Errorf("nobody has panicked: %v", got)
	}
}
