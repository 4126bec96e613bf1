package trace

import (
	"slices"
	"strings"
)

// Canonical puts the events into the one order that stands for all
// orders in which they could as well have been recorded.
//
// Goroutines that act at the same instant have no order: the scheduler
// chooses one. What does have an order is kept: instants, the events
// of one task, a spawning and what the two tasks do, the effects on
// one thing, the cut and what its caller's family does. Of all orders
// that keep those, this is the first one by the names of the tasks. So
// two runs that differ in nothing but the scheduler's choice are the
// same bytes.
//
// What the world does comes first, if it did: a bell rings, and then
// whoever heard it goes on.
func Canonical(events []Event, world ...string) []Event {
	events = withoutIdle(events)
	ordered := make([]Event, 0, len(events))
	for len(events) > 0 {
		later := slices.IndexFunc(events, func(e Event) bool {
			return e.AtMS != events[0].AtMS
		})
		if later < 0 {
			later = len(events)
		}
		ordered = append(ordered, instant(events[:later], world)...)
		events = events[later:]
	}
	for seq := range ordered {
		ordered[seq].Seq = seq
	}
	return ordered
}

// instant orders the events of one instant.
func instant(events []Event, world []string) []Event {
	left := slices.Clone(events)
	ordered := make([]Event, 0, len(left))
	for len(left) > 0 {
		// The first event left has nothing before it, so there is
		// always one to take.
		best := 0
		for i := range left {
			if left[i].Task < left[best].Task && free(left, i, world) {
				best = i
			}
		}
		ordered = append(ordered, left[best])
		left = slices.Delete(left, best, best+1)
	}
	return ordered
}

// free says whether event i may move before all those that stand
// before it.
func free(events []Event, i int, world []string) bool {
	return !slices.ContainsFunc(events[:i], func(before Event) bool {
		return before.Kind == Effect && slices.Contains(world, before.Task) ||
			dependent(before, events[i])
	})
}

// dependent says whether the order of two events means something.
func dependent(a, b Event) bool {
	switch {
	case a.Task == b.Task || a.Task == b.Parent || a.Parent == b.Task:
		return true
	case a.Parent != "" && a.Parent == b.Parent: // one task spawned two
		return true
	case a.Kind == ProcessEnded || b.Kind == ProcessEnded:
		return true
	case a.Kind == CancelRequested || b.Kind == CancelRequested:
		return Family(a.Task) == Family(b.Task)
	}
	// A caller that was told what its tasks have done was told so after
	// they had done it. What a task receives is its own affair.
	if a.Kind == Effect && a.Op != Pop && b.Kind == Returned {
		return Family(a.Task) == b.Task
	}
	// Whoever waits for a task has its answer after that is over.
	if a.Awaited && b.Task == parent(a.Task) {
		return b.Kind == CancelNoticed || b.Kind == Returned || b.Kind == TaskFinished
	}
	return a.Kind == Effect && b.Kind == Effect && a.Place == b.Place && !commute(a, b)
}

// parent is the task that spawned this one: a.1 for a.1.2.
func parent(task string) string {
	return task[:max(strings.LastIndexByte(task, '.'), 0)]
}

// commute says whether two effects on one place come to the same in
// either order.
func commute(a, b Event) bool {
	switch kinds[a.Op] {
	case "set", "map":
		return a.Item != b.Item
	case "number":
		return true
	default:
		return false
	}
}
