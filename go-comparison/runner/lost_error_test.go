package runner_test

import "testing"

// The work, a.1, fails at the cut, unless it is done at 20 ms; its
// caller is done at 25.
func TestLostError(t *testing.T) {
	const (
		made   = "a.1.made+disk full "
		told   = "25:told(done) "
		heard  = "25:taken+disk full error(disk full) = made disk full taken disk full"
		missed = told + "= made disk full"
		panics = made + "a.1.PANIC(disk full) EXIT(2) = made disk full (process)"
	)
	done := cells{
		"none": told + "=",
		"22ms": "22:CUT " + told + "=",
		"30ms": told + "30:CUT =",
	}
	testCells(t, "lost-error", map[string]cells{
		"ignored": merged(done, cells{
			"at-once": "0:CUT " + made + missed,
			"10ms":    "10:CUT " + made + missed,
		}),
		"panic": merged(done, cells{
			"at-once": "0:CUT " + panics,
			"10ms":    "10:CUT " + panics,
		}),
		// It is heard when the group is waited for, not before.
		"errgroup": merged(done, cells{
			"at-once": "0:CUT " + made + heard,
			"10ms":    "10:CUT " + made + heard,
		}),
	})
}
