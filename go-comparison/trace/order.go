package trace

import (
	"slices"
	"strings"
)

// Canonical puts the events into one order that stands for all orders in
// which the scheduler could have let them happen.
//
// Goroutines that act at the same instant have no order: the scheduler
// chooses one. What has an order keeps it: instants, the events of one
// task, the spawn of a task and the events of that task, the effects on
// one item, the cut and the events of its caller's family. Of all orders
// that keep those, Canonical returns the first one by the names of the
// tasks. So two runs that differ only in the scheduler's choice have the
// same bytes.
//
// An effect of a task of the world also stays before what follows it: a
// bell rings, and then the task that waited for it goes on.
func Canonical(events []Event, world ...string) []Event {
	events = withoutIdleWaits(events)
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
		// The first event may always come first, so there is a best.
		best := 0
		for i := range left {
			if left[i].Task < left[best].Task && mayComeFirst(left, i, world) {
				best = i
			}
		}
		ordered = append(ordered, left[best])
		left = slices.Delete(left, best, best+1)
	}
	return ordered
}

// mayComeFirst reports whether event i may move before all those before it.
func mayComeFirst(events []Event, i int, world []string) bool {
	return !slices.ContainsFunc(events[:i], func(before Event) bool {
		return before.Kind == Effect && slices.Contains(world, before.Task) ||
			dependent(before, events[i])
	})
}

// dependent reports whether two events have an order that must be kept.
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
	// An answer comes after the effects of the caller's tasks, since it
	// may depend on them. It does not depend on what a task receives.
	if a.Kind == Effect && a.Op != Pop && b.Kind == Returned {
		return Family(a.Task) == b.Task
	}
	// A parent that waits for a task has its answer after the task's end.
	if a.Awaited && b.Task == parent(a.Task) {
		return b.Kind == CancelNoticed || b.Kind == Returned || b.Kind == TaskFinished
	}
	return a.Kind == Effect && b.Kind == Effect && a.Place == b.Place && !commute(a, b)
}

// parent is the task that spawned this one: a.1 for a.1.2.
func parent(task string) string {
	return task[:max(strings.LastIndexByte(task, '.'), 0)]
}

// commute reports whether two effects on one place have the same result in
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
