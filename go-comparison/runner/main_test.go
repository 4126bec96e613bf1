package runner_test

import (
	"testing"

	"go.uber.org/goleak"
)

// Nothing may be left after the tests but goroutines that wait for
// ever, as some do on purpose: a bubble's goroutines cannot be ended
// from outside. Those that only sleep end at their next report.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("droppoint.dev/go-comparison/runner_test.forever"),
		goleak.IgnoreAnyFunction("droppoint.dev/go-comparison/scenarios.(*Relay).receive"),
	)
}
