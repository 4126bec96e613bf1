package trace

import "slices"

// Canonical puts the events into the one order that stands for all
// orders in which they could as well have been recorded.
//
// Goroutines that act at the same instant have no order: the scheduler
// chooses one. What does have an order is kept: instants, the events
// of one family of tasks, and the effects on one place. Of all orders
// that keep those, this is the first one by family name. So two runs
// that differ in nothing but the scheduler's choice are the same bytes.
func Canonical(events []Event) []Event {
	ordered := make([]Event, 0, len(events))
	for len(events) > 0 {
		later := slices.IndexFunc(events, func(e Event) bool {
			return e.AtMS != events[0].AtMS
		})
		if later < 0 {
			later = len(events)
		}
		ordered = append(ordered, instant(events[:later])...)
		events = events[later:]
	}
	for seq := range ordered {
		ordered[seq].Seq = seq
	}
	return ordered
}

// instant orders the events of one instant.
func instant(events []Event) []Event {
	left := slices.Clone(events)
	ordered := make([]Event, 0, len(left))
	for len(left) > 0 {
		// The first event left has nothing before it, so there is
		// always one to take.
		best := 0
		for i := range left {
			if Family(left[i].Task) < Family(left[best].Task) && free(left, i) {
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
func free(events []Event, i int) bool {
	e := events[i]
	return !slices.ContainsFunc(events[:i], func(before Event) bool {
		samePlace := before.Kind == Effect && e.Kind == Effect && before.Place == e.Place
		return samePlace || Family(before.Task) == Family(e.Task)
	})
}
