package trace

import "slices"

// UntilPanic returns the events of a process that the panic of a goroutine
// has ended, without those that may or may not have happened.
//
// During the panic other goroutines run on, until the runtime stops them.
// Of what they did at that instant the effects are kept, since they
// happened, and everything that the panic depends on. The begin or end of
// a wait of theirs is left out.
func UntilPanic(events []Event) []Event {
	end := slices.IndexFunc(events, func(e Event) bool { return e.Kind == GoPanic })
	if end < 0 {
		return events
	}
	certain := make([]bool, len(events))
	certain[end] = true
	for i := end - 1; i >= 0; i-- {
		certain[i] = events[i].AtMS < events[end].AtMS
		for after := i + 1; after <= end && !certain[i]; after++ {
			certain[i] = certain[after] && dependent(events[i], events[after])
		}
	}
	kept := make([]Event, 0, len(events))
	for i, e := range events {
		if certain[i] || e.Kind == Effect {
			kept = append(kept, e)
		}
	}
	return kept
}
