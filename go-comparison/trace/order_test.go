package trace

import (
	"slices"
	"strings"
	"testing"
)

func at(ms int64, task string, kind Kind) Event {
	return Event{AtMS: ms, Task: task, Kind: kind}
}

// At 1 ms the scheduler ran b first. b's wait does not depend on a, so a
// comes first; but b lowered the flag before a raised it.
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

// Which events the scheduler may exchange.
func TestDependent(t *testing.T) {
	by := func(task string, e Event) Event { e.Task = task; return e }
	spawn := func(parent, task string) Event {
		return Event{Task: task, Kind: TaskSpawned, Parent: parent}
	}
	wait := func(task string) Event { return at(0, task, WaitBegun) }
	cut := at(0, "a", CancelRequested)
	for _, c := range []struct {
		why       string
		one, two  Event
		dependent bool
	}{
		{"one task", wait("a.1"), wait("a.1"), true},
		{"siblings", wait("a.1"), wait("a.2"), false},
		{"parent and child", wait("a"), wait("a.1"), false},
		{"a task and its own spawning", spawn("a", "a.1"), wait("a.1"), true},
		{"a task and a spawning that it does", spawn("a", "a.1"), wait("a"), true},
		{"two spawnings by one task", spawn("a", "a.10"), spawn("a", "a.2"), true},
		{"spawnings by two tasks", spawn("a", "a.1"), spawn("b", "b.1"), false},
		{"tasks of the driver", spawn("", "a"), spawn("", "b"), false},
		{"the cut and the caller's family", cut, wait("a.1"), true},
		{"the cut and others", cut, wait("b"), false},
		{"one item of a set", by("a", effect("s", Add, "x")), by("b", effect("s", Remove, "x")), true},
		{"two items of a set", by("a", effect("s", Add, "x")), by("b", effect("s", Add, "y")), false},
		{"one item of a map", by("a", put("x", "torn")), by("b", put("x", "whole")), true},
		{"two items of a map", by("a", put("x", "torn")), by("b", put("y", "torn")), false},
		{"two items of a queue", by("a", effect("q", Push, "x")), by("b", effect("q", Push, "y")), true},
		{"one flag", by("a", effect("f", Raise, "a")), by("b", effect("f", Lower, "b")), true},
		{"two places", by("a", effect("f", Raise, "")), by("b", effect("g", Raise, "")), false},
		{"two changes of a number", by("a", change(1)), by("b", change(2)), false},
	} {
		if dependent(c.one, c.two) != c.dependent || dependent(c.two, c.one) != c.dependent {
			t.Errorf("%s: want %t", c.why, c.dependent)
		}
	}
}

// a waits for the end of a.1, which comes before its answer. It does not
// wait for a.2.
func TestCanonicalAwaited(t *testing.T) {
	start := []Event{
		{Task: "a.1", Kind: TaskSpawned, Parent: "a"},
		{Task: "a.2", Kind: TaskSpawned, Parent: "a"},
	}
	over := Event{Task: "a.1", Kind: TaskFinished, Awaited: true}
	other := at(0, "a.2", TaskFinished)
	canceled := []Event{at(0, "a", CancelNoticed), at(0, "a", Returned), at(0, "a", TaskFinished)}
	want := "a.1:task-spawned a.1:task-finished a.2:task-spawned " +
		"a:cancel-noticed a:returned a:task-finished a.2:task-finished"
	for _, events := range [][]Event{
		slices.Concat(start, []Event{over, other}, canceled),
		slices.Concat(start, []Event{other, over}, canceled),
		slices.Concat(start, []Event{over}, canceled, []Event{other}),
	} {
		if got := summary(Canonical(events)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// Siblings that start and end together: a.1 is written first, whichever
// came first.
func TestCanonicalSiblings(t *testing.T) {
	start := []Event{
		{Task: "a.1", Kind: TaskSpawned, Parent: "a"},
		{Task: "a.2", Kind: TaskSpawned, Parent: "a"},
	}
	work := func(task string) []Event {
		return []Event{at(0, task, WaitBegun), at(0, task, TaskFinished)}
	}
	want := "a.1:task-spawned a.1:wait-begun a.1:task-finished " +
		"a.2:task-spawned a.2:wait-begun a.2:task-finished"
	for _, order := range []string{"a.1 a.2", "a.2 a.1"} {
		events := start
		for task := range strings.FieldsSeq(order) {
			events = append(events[:len(events):len(events)], work(task)...)
		}
		if got := summary(Canonical(events)); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", order, got, want)
		}
	}
}
