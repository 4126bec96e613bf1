package runner_test

import "testing"

// Job 1, a.1, is accepted at 0 ms, job 2, a.2, at 4; each takes 10.
func TestShutdown(t *testing.T) {
	const (
		first   = "0:accepted+1 "
		second  = "4:accepted+2 "
		job1    = "10:a.1.finished+1 "
		job2    = "14:a.2.finished+2 "
		exit    = "told(exit 0) EXIT(0) "
		none    = "= (process)"
		one     = "= accepted 1 "
		two     = "= accepted 1,2 "
		allDone = two + "finished 1,2 (process)"
	)
	undisturbed := cells{
		"none": first + second + job1 + job2 + "20:" + exit + allDone,
		// There is no process any more that could be told.
		"25ms": first + second + job1 + job2 + "20:" + exit + allDone,
		// Told before it began, it accepts nothing.
		"at-once": "0:CUT " + exit + none,
		"17ms":    first + second + job1 + job2 + "17:CUT " + exit + allDone,
	}
	testCells(t, "shutdown", map[string]cells{
		"main-returns": merged(undisturbed, cells{
			"2ms":  first + "2:CUT " + exit + one + "(process)",
			"7ms":  first + second + "7:CUT " + exit + two + "(process)",
			"12ms": first + second + job1 + "12:CUT " + exit + two + "finished 1 (process)",
		}),
		"wait-group": merged(undisturbed, cells{
			"2ms":  first + "2:CUT " + job1 + exit + one + "finished 1 (process)",
			"7ms":  first + second + "7:CUT " + job1 + job2 + exit + allDone,
			"12ms": first + second + job1 + "12:CUT " + job2 + exit + allDone,
		}),
		"ctx-refuses": merged(undisturbed, cells{
			"2ms": first + "2:CUT a.1.refused+1 " + exit + one + "refused 1 (process)",
			"7ms": first + second + "7:CUT a.1.refused+1 a.2.refused+2 " + exit +
				two + "refused 1,2 (process)",
			"12ms": first + second + job1 + "12:CUT a.2.refused+2 " + exit +
				two + "finished 1 refused 2 (process)",
		}),
	})
}
