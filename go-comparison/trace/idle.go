package trace

// withoutIdle leaves out the waits that took no time and were begun
// again at once, in the same step and at the same line.
//
// A loop around a select does so when several of its cases are ready:
// which one comes first is a matter of luck, and if it does nothing,
// such as a heartbeat, nobody can tell whether it did come first.
func withoutIdle(events []Event) []Event {
	idle := map[int]bool{}
	kept := map[string][]int{} // the other events of each task
	for i, e := range events {
		mine := kept[e.Task]
		n := len(mine)
		if n >= 2 && goesOn(events[mine[n-2]], events[mine[n-1]], e) {
			idle[mine[n-1]], idle[i] = true, true
			kept[e.Task] = mine[:n-1]
			continue
		}
		kept[e.Task] = append(mine, i)
	}
	busy := make([]Event, 0, len(events))
	for i, e := range events {
		if !idle[i] {
			busy = append(busy, e)
		}
	}
	return busy
}

// goesOn says whether three events of a task are one wait.
func goesOn(begun, ended, again Event) bool {
	return begun.Kind == WaitBegun && ended.Kind == WaitEnded && again.Kind == WaitBegun &&
		begun.AtMS == again.AtMS && begun.Step == again.Step && begun.Src == again.Src
}
