package runner_test

import "testing"

// The holder has the lock from 0 to 10 ms. The first work, a.1, asks
// for it at 4 and keeps it for 6; the caller asks at the cut.
func TestFuturelock(t *testing.T) {
	const (
		held    = "0:holder.lock^holder "
		atOnce  = held + "CUT "
		free    = "10:holder.lock_holder "
		takes   = "a.1.lock^a.1 "
		first   = "16:a.1.done+first a.1.lock_a.1 "
		other   = "lock^a done+other lock_a "
		told    = "told(other) "
		both    = "= done first,other"
		alone   = "= done other"
		byFirst = held + free + takes + first + "told(first) "
	)
	undisturbed := cells{
		"none": byFirst + "= done first",
		"21ms": byFirst + "21:CUT = done first",
	}
	testCells(t, "futurelock", map[string]cells{
		// Who asks first is served first, and the first work is done
		// whoever waits for it.
		"goroutine": merged(undisturbed, cells{
			"at-once": atOnce + free + other + takes + first + told + both,
			"2ms":     held + "2:CUT " + free + other + takes + first + told + both,
			"7ms":     held + "7:CUT " + free + takes + first + other + told + both,
			"13ms":    held + free + takes + "13:CUT " + first + other + told + both,
		}),
		"select-ctx": merged(undisturbed, cells{
			"at-once": atOnce + free + other + told + alone,
			"2ms":     held + "2:CUT " + free + other + told + alone,
			// It leaves the line,
			"7ms": held + "7:CUT " + free + other + told + alone,
			// or the lock.
			"13ms": held + free + takes + "13:CUT a.1.lock_a.1 " + other + told + alone,
		}),
	})
	// The caller stands in line in step 4, until it has the lock.
	run := do(t, cell(t, "futurelock/goroutine", "13ms"))
	var steps []int
	for _, e := range run.Events {
		if e.Task == "a" && e.Step != 0 {
			steps = append(steps, e.Step*100+int(e.AtMS))
		}
	}
	equal(t, steps, []int{413, 416})
}
