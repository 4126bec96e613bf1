package trace

import "testing"

func waits(task string, kind Kind, at int64, step int) Event {
	return Event{Task: task, Kind: kind, AtMS: at, Step: step, Src: "f.go:1"}
}

// A wait that is begun again at once, in the same step and line, is one
// wait; with any difference it is another.
func TestIdleWaits(t *testing.T) {
	begun, ended := waits("a", WaitBegun, 5, 1), waits("a", WaitEnded, 5, 1)
	elsewhere := begun
	elsewhere.Src = "f.go:2"
	for name, c := range map[string]struct {
		events []Event
		want   int
	}{
		"twice idle":   {[]Event{begun, ended, begun, ended, begun, ended}, 2},
		"among others": {[]Event{begun, waits("b", WaitBegun, 5, 1), ended, waits("b", WaitEnded, 5, 1), begun}, 3},
		"time passed":  {[]Event{waits("a", WaitBegun, 4, 1), ended, begun}, 3},
		"another step": {[]Event{begun, ended, waits("a", WaitBegun, 5, 2)}, 3},
		"another line": {[]Event{begun, ended, elsewhere}, 3},
		"with an effect": {[]Event{begun, ended,
			{Task: "a", Kind: Effect, AtMS: 5, Place: "p", Op: Add, Item: "x"}, begun}, 4},
	} {
		if got := Canonical(c.events); len(got) != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
