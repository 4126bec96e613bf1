package runner_test

import "testing"

// Cut at once, the first message and Done are both ready, and select
// picks a case at random: each of the two is seen.
func TestReceiveRandom(t *testing.T) {
	for _, variant := range []string{"select", "pass-with-ctx"} {
		taken := map[bool]int{}
		for range 100 {
			run := do(t, cell(t, "receive", variant, "at-once"))
			taken[len(run.World["queue"].Items()) < 3]++
		}
		if taken[true] == 0 || taken[false] == 0 {
			t.Errorf("%s: a message was taken in %d of 100 runs", variant, taken[true])
		}
	}
}
