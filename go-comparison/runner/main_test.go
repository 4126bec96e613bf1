package runner_test

import (
	"testing"

	"go.uber.org/goleak"
)

// Nothing may be left after the tests but the two goroutines that
// tests leave on purpose: a bubble's goroutines cannot be ended from
// outside.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("droppoint.dev/go-comparison/runner_test.forever"),
		goleak.IgnoreAnyFunction("droppoint.dev/go-comparison/runner_test.tick"),
	)
}
