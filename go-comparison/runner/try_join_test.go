package runner_test

import "testing"

// The withdrawal (a.2) takes 8 ms, the deposit (a.1) 12, unless it is
// refused.
func TestTryJoin(t *testing.T) {
	const (
		paid    = "8:a.2.payer-10 12:a.1.payee+10 told(paid) "
		both    = "= payee +10 payer -10"
		refused = "error(refused) "
		half    = "= payer -10"
	)
	tooLate := paid + "17:CUT " + both
	testCells(t, "try-join", map[string]cells{
		"group-ctx": {
			"none":    paid + both,
			"at-once": "0:CUT " + refused + "=",
			"4ms":     "4:CUT " + refused + "=",
			// It can be stopped only as long as it waits.
			"10ms": "8:a.2.payer-10 10:CUT " + refused + half,
			"17ms": tooLate,
		},
		// A group waits for both, whatever one of them has said.
		"group-ctx-ignored": {
			"none":    paid + both,
			"at-once": "0:CUT 8:a.2.payer-10 " + refused + half,
			"4ms":     "4:CUT 8:a.2.payer-10 " + refused + half,
			"10ms":    "8:a.2.payer-10 10:CUT " + refused + half,
			"17ms":    tooLate,
		},
		"plain-group": {
			"none":    paid + both,
			"at-once": "0:CUT 8:a.2.payer-10 " + refused + half,
			"4ms":     "4:CUT 8:a.2.payer-10 " + refused + half,
			"10ms":    "8:a.2.payer-10 10:CUT " + refused + half,
			"17ms":    tooLate,
		},
		"undo": {
			"none":    paid + both,
			"at-once": "0:CUT 8:a.2.payer-10 10:payer+10 " + refused + "=",
			"4ms":     "4:CUT 8:a.2.payer-10 10:payer+10 " + refused + "=",
			"10ms":    "8:a.2.payer-10 10:CUT 12:payer+10 " + refused + "=",
			"17ms":    tooLate,
		},
	})
}
