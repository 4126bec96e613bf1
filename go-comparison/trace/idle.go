package trace

// withoutIdleWaits leaves out the waits that took no time and were begun
// again at once, in the same step and at the same line.
//
// A loop around a select does so when several cases are ready: select
// picks one at random, and if that case does nothing, such as a
// heartbeat, nothing else shows that it was picked.
func withoutIdleWaits(events []Event) []Event {
	idle := map[int]bool{}
	kept := map[string][]int{} // the other events of each task
	for i, e := range events {
		own := kept[e.Task]
		n := len(own)
		if n >= 2 && sameWait(events[own[n-2]], events[own[n-1]], e) {
			idle[own[n-1]], idle[i] = true, true
			kept[e.Task] = own[:n-1]
			continue
		}
		kept[e.Task] = append(own, i)
	}
	busy := make([]Event, 0, len(events))
	for i, e := range events {
		if !idle[i] {
			busy = append(busy, e)
		}
	}
	return busy
}

// sameWait reports whether three events of a task are one wait.
func sameWait(begun, ended, again Event) bool {
	return begun.Kind == WaitBegun && ended.Kind == WaitEnded && again.Kind == WaitBegun &&
		begun.AtMS == again.AtMS && begun.Step == again.Step && begun.Src == again.Src
}
