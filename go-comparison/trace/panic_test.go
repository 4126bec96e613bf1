package trace

import "testing"

// Of the instant of a panic the effects are kept, and the events that the
// panic depends on; of earlier instants, all events.
func TestUntilPanic(t *testing.T) {
	text := "no more"
	events := []Event{
		{AtMS: 4, Task: "a.2", Kind: WaitBegun, Step: 1},
		{AtMS: 5, Task: "a.1", Kind: WaitEnded, Step: 1},
		{AtMS: 5, Task: "a", Kind: CancelRequested},      // after all that was due at 5 ms
		{AtMS: 5, Task: "a.2", Kind: WaitEnded, Step: 1}, // may or may not be
		{AtMS: 5, Task: "a.2", Kind: Effect, Place: "set", Op: Add, Item: "x"},
		{AtMS: 5, Task: "a.1", Kind: GoPanic, Error: &text},
		{AtMS: 5, Task: "a.2", Kind: Effect, Place: "set", Op: Remove, Item: "x"},
		{AtMS: 5, Task: "a.2", Kind: WaitBegun, Step: 2},
	}
	want := "a.2:wait-begun a.1:wait-ended a:cancel-requested a.2:addx a.1:go.panic a.2:removex"
	if got := summary(UntilPanic(events)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := UntilPanic(events[:5]); len(got) != 5 {
		t.Errorf("without a panic: %v", got)
	}
}
