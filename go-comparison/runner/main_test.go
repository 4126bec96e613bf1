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

// Nothing may be left after the tests but goroutines that wait for
// ever, as some do on purpose: a bubble's goroutines cannot be ended
// from outside. Those that only sleep end at their next report.
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

// child lets the test binary be a child of itself, as the program is,
// with some more programs to run.
func child() {
	stdout := os.Stdout
	os.Args, os.Stdout = os.Args[:1], os.Stderr
	testing.Main(
		func(_, _ string) (bool, error) { return true, nil },
		[]testing.InternalTest{{Name: "child", F: func(t *testing.T) {
			all := append(slices.Clone(scenarios.All), runner.Fatal)
			if err := runner.Child(t, all, os.Stdin, stdout); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
			os.Exit(1)
		}}},
		nil, nil,
	)
}
