//go:build !js

package runner_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
)

// Only goroutines that wait for ever may be left after the tests, as some
// do on purpose: the goroutines of a bubble cannot be ended from outside.
// Those that sleep end at their next report.
func TestMain(m *testing.M) {
	if slices.Equal(os.Args[1:], []string{runner.ChildFlag}) {
		child()
		return
	}
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("droppoint.dev/go-comparison/runner_test.forever"),
		goleak.IgnoreAnyFunction("droppoint.dev/go-comparison/scenarios.(*Relay).receive"),
	)
}

// child makes the test binary a child of itself, with more programs to
// run than the real child has.
func child() {
	stdout := os.Stdout
	os.Args, os.Stdout = os.Args[:1], os.Stderr
	testing.Main(
		func(_, _ string) (bool, error) { return true, nil },
		[]testing.InternalTest{{Name: "child", F: func(t *testing.T) {
			all := append(slices.Clone(scenarios.All), runner.Exiting)
			if err := runner.ServeChild(t, all, os.Stdin, stdout); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
			os.Exit(1)
		}}},
		nil, nil,
	)
}
