package runner_test

import "testing"

// The worker, a.1, ticks every 10 ms; its caller is done at 34; the run
// is looked at at 55.
func TestDetach(t *testing.T) {
	const (
		ten    = "10:a.1.ticks+1 "
		twenty = "20:a.1.ticks+1 "
		thirty = "30:a.1.ticks+1 "
		after  = "40:a.1.ticks+1 50:a.1.ticks+1 "
		told   = "34:told(worked) "
		on     = "= ticks +5 LEFT (*Clock)."
		tick   = on + "tick (horizon)"
		until  = on + "tickUntil (horizon)"
	)
	stopped := cells{
		"none": ten + twenty + thirty + told + "= ticks +3",
		"37ms": ten + twenty + thirty + told + "37:CUT = ticks +3",
		"52ms": ten + twenty + thirty + told + "52:CUT = ticks +3",
	}
	testCells(t, "detach", map[string]cells{
		"no-way-out": {
			"none":    ten + twenty + thirty + told + after + tick,
			"at-once": "0:CUT noticed " + ten + twenty + thirty + after + tick,
			"5ms":     "5:CUT noticed " + ten + twenty + thirty + after + tick,
			"32ms":    ten + twenty + thirty + "32:CUT noticed " + after + tick,
			"37ms":    ten + twenty + thirty + told + "37:CUT " + after + tick,
		},
		// What is done last is not done by who returns early.
		"early-return": merged(stopped, cells{
			"at-once": "0:CUT noticed " + ten + twenty + thirty + after + until,
			"5ms":     "5:CUT noticed " + ten + twenty + thirty + after + until,
			"32ms":    ten + twenty + thirty + "32:CUT noticed " + after + until,
		}),
		"ctx": merged(stopped, cells{
			"at-once": "0:CUT noticed =",
			"5ms":     "5:CUT noticed =",
			"15ms":    ten + "15:CUT noticed = ticks +1",
			"32ms":    ten + twenty + thirty + "32:CUT noticed = ticks +3",
		}),
	})
}
