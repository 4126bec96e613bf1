package runner_test

import "testing"

// Round n begins at 10(n-1): the ledger then, the mirror 6 ms later.
func TestGracefulStop(t *testing.T) {
	const (
		one   = "0:ledger+1 6:mirror+1 "
		two   = "10:ledger+2 16:mirror+2 "
		three = "20:ledger+3 26:mirror+3 "
		four  = "30:ledger+4 36:mirror+4 "
		all   = "= ledger 1,2,3,4,5 mirror 1,2,3,4,5"
		rest  = three + four + "40:ledger+5 46:mirror+5 "
		told  = "50:told(5 rounds) "
		gone  = "noticed error(stopped after "
		why   = " of 5 rounds: context canceled) "
	)
	testCells(t, "graceful-stop", map[string]cells{
		// A context that nobody looks at stops nobody.
		"no-ctx": {
			"none":    one + two + rest + told + all,
			"at-once": "0:CUT ledger+1 6:mirror+1 " + two + rest + told + all,
			"3ms":     "0:ledger+1 3:CUT 6:mirror+1 " + two + rest + told + all,
			"8ms":     one + "8:CUT " + two + rest + told + all,
			"55ms":    one + two + rest + told + "55:CUT " + all,
		},
		// Stopped between the two writes, it leaves half a round.
		"ctx-inside": {
			"none":    one + two + rest + told + all,
			"at-once": "0:CUT ledger+1 " + gone + "0" + why + "= ledger 1",
			"3ms":     "0:ledger+1 3:CUT " + gone + "0" + why + "= ledger 1",
			"8ms":     one + "8:CUT " + gone + "1" + why + "= ledger 1 mirror 1",
			"13ms":    one + "10:ledger+2 13:CUT " + gone + "1" + why + "= ledger 1,2 mirror 1",
			"38ms": one + two + three + four + "38:CUT " + gone + "4" + why +
				"= ledger 1,2,3,4 mirror 1,2,3,4",
			"48ms": one + two + rest + "48:CUT " + gone + "5" + why + all,
			"55ms": one + two + rest + told + "55:CUT " + all,
		},
		// It finishes the round, and does not pause after it.
		"ctx-each-round": {
			"none":    one + two + rest + told + all,
			"at-once": "0:CUT " + gone + "0" + why + "=",
			"3ms":     "0:ledger+1 3:CUT 6:mirror+1 " + gone + "1" + why + "= ledger 1 mirror 1",
			"8ms":     one + "8:CUT " + gone + "1" + why + "= ledger 1 mirror 1",
			"13ms":    one + "10:ledger+2 13:CUT 16:mirror+2 " + gone + "2" + why + "= ledger 1,2 mirror 1,2",
			"48ms":    one + two + rest + "48:CUT " + gone + "5" + why + all,
			"55ms":    one + two + rest + told + "55:CUT " + all,
		},
	})
}
