package trace

import "slices"

// AtDeath are the events of a process that a goroutine's panic has
// ended, less what is a matter of luck.
//
// While it panics, other goroutines run on, until the runtime stops
// them. Of what they did at that instant, changes of the world are
// kept, since they happened, and whatever the panic depends on. That
// one of them began to wait, or no longer did, is left out.
func AtDeath(events []Event) []Event {
	end := slices.IndexFunc(events, func(e Event) bool { return e.Kind == GoPanic })
	if end < 0 {
		return events
	}
	sure := make([]bool, len(events))
	sure[end] = true
	for i := end - 1; i >= 0; i-- {
		sure[i] = events[i].AtMS < events[end].AtMS
		for after := i + 1; after <= end && !sure[i]; after++ {
			sure[i] = sure[after] && dependent(events[i], events[after])
		}
	}
	kept := make([]Event, 0, len(events))
	for i, e := range events {
		if sure[i] || e.Kind == Effect {
			kept = append(kept, e)
		}
	}
	return kept
}
