package runner_test

import "testing"

// The bell rings at 10 ms, whoever listens.
func TestPollByHand(t *testing.T) {
	const (
		heard   = "10:bell.rung^ registrations-a told(rung) "
		unheard = "10:bell.rung^ "
		listens = "0:registrations+a "
		atOnce  = "0:CUT registrations+a "
		gone    = "noticed error(context canceled) "
		clean   = "= rung up"
		stays   = "= registrations a rung up"
	)
	undisturbed := cells{
		"none": listens + heard + clean,
		"15ms": listens + heard + "15:CUT " + clean,
	}
	testCells(t, "poll-by-hand", map[string]cells{
		"no-ctx": merged(undisturbed, cells{
			"at-once": atOnce + heard + clean,
			"5ms":     listens + "5:CUT " + heard + clean,
		}),
		"no-stop": merged(undisturbed, cells{
			"at-once": atOnce + gone + unheard + stays,
			"5ms":     listens + "5:CUT " + gone + unheard + stays,
		}),
		"deferred-stop": merged(undisturbed, cells{
			"at-once": atOnce + "registrations-a " + gone + unheard + clean,
			"5ms":     listens + "5:CUT registrations-a " + gone + unheard + clean,
		}),
	})
}
