// Command droppoint-go runs the Go programs of the scenarios: one for
// a person, or all that are asked for with --serve.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
)

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// main is a test that never ends: testing/synctest, which makes time
// virtual, takes a *testing.T and nothing else.
func main() {
	args, stdout := os.Args[1:], os.Stdout
	// Package testing reads the arguments and prints; neither is for it.
	os.Args, os.Stdout = os.Args[:1], os.Stderr
	testing.Main(
		func(_, _ string) (bool, error) { return true, nil },
		[]testing.InternalTest{{Name: "droppoint-go", F: func(t *testing.T) {
			os.Exit(run(t, args, os.Stdin, stdout, os.Stderr))
		}}},
		nil, nil,
	)
}

// run does what the arguments say and returns the exit code.
func run(t *testing.T, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if slices.Equal(args, []string{runner.ChildFlag}) {
		if err := runner.ServeChild(t, scenarios.All, stdin, stdout); err != nil {
			fmt.Fprintln(stderr, err)
			return exitFailed
		}
		return exitOK
	}
	opts, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		_, err = io.WriteString(stdout, help)
		return exitCode(err, stderr)
	}
	if err != nil {
		fmt.Fprintf(stderr, "droppoint-go: %s\nTry droppoint-go --help.\n", err)
		return exitUsage
	}
	switch {
	case opts.list:
		err = list(stdout)
	case opts.serve:
		err = runner.Serve(t, scenarios.All, stdin, stdout)
	default:
		err = runOne(t, opts, stdout)
	}
	return exitCode(err, stderr)
}

// exitCode says the error, if there is one.
func exitCode(err error, stderr io.Writer) int {
	if err != nil {
		fmt.Fprintf(stderr, "droppoint-go: %s\n", err)
		return exitFailed
	}
	return exitOK
}

func runOne(t *testing.T, opts options, stdout io.Writer) error {
	run, err := runner.Do(t, opts.job)
	if err != nil {
		return err
	}
	if opts.ndjson {
		_, err = run.WriteTo(stdout)
		return err
	}
	return runner.WriteText(run, stdout)
}

func list(to io.Writer) error {
	for _, s := range scenarios.All {
		for _, v := range s.Variants {
			if _, err := fmt.Fprintf(to, "%s/%s\n    %s\n", s.ID, v.Name, v.About); err != nil {
				return err
			}
		}
	}
	return nil
}

const help = `droppoint-go runs a Go program and cancels its context at an instant you choose.

  droppoint-go save-file/naive                  run it to the end
  droppoint-go save-file/naive --cut 510ms      the client leaves at 510 ms
  droppoint-go save-file/naive --cut at-once    the context is cancelled before
                                                the program's first line runs
  droppoint-go list                             all programs, a line each

Time is virtual: a second takes no time, and 510ms means exactly that. With
--real the program runs on the real clock and writes to a temporary directory.
No instant can be aimed at there, so the client leaves after an effect:

  droppoint-go save-file/ctx-checked --real --cut after-effect-2

What you see is every wait (the number is the step of the scenario, with the
line of source), every change of the world when it happens, and the world in
the end, asked of the real things. Compare:

  droppoint-go save-file/ctx-checked --cut 510ms     a file is left behind
  droppoint-go save-file/ctx-undo --cut 510ms        it is removed again

Options:
  --cut CUT   none, at-once, 510ms, after-effect-2 (default none)
  --real      the real clock and a real disk
  --ndjson    the run as the runner protocol has it, docs/protocol.md
  --serve     answer requests of the runner protocol from standard input
  --help      this text

Exit code: 0 done, 1 the run exitFailed, 2 bad usage.
`
