package trace

import "testing"

func at(ms int64, task string, kind Kind) Event {
	return Event{AtMS: ms, Task: task, Kind: kind}
}

// At 1 ms the scheduler let b go first. b's wait has nothing to do
// with a, so a comes first; but b lowered the flag before a raised it.
func TestCanonical(t *testing.T) {
	of := func(task string, e Event) Event { e.Task, e.AtMS = task, 1; return e }
	events := []Event{
		at(0, "b", TaskSpawned),
		at(1, "b", WaitEnded),
		of("b", effect("flag", Lower, "")),
		at(1, "b", TaskFinished),
		at(1, "a", WaitBegun),
		at(1, "a.1", WaitBegun),
		of("a", effect("flag", Raise, "")),
		at(1, "a", TaskFinished),
		at(2, "a", TaskSpawned),
	}
	want := "b:task-spawned " +
		"a:wait-begun a.1:wait-begun b:wait-ended b:lower a:raise a:task-finished b:task-finished " +
		"a:task-spawned"
	ordered := Canonical(events)
	if got := summary(ordered); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for seq, e := range ordered {
		if e.Seq != seq {
			t.Errorf("event %d says it is %d", seq, e.Seq)
		}
	}
	// It is its own canonical form, and the other order has the same.
	other := append([]Event{events[0], events[4], events[5]}, events[1:4]...)
	other = append(other, events[6:]...)
	for _, events := range [][]Event{ordered, other} {
		if got := summary(Canonical(events)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
