// Command droppoint-go runs the Go programs of the scenarios: one, whose
// run it prints, or with --serve those that requests ask for.
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
	// Package testing must not see the arguments, nor print to stdout.
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
  droppoint-go list                             all programs

Time is virtual: a second takes no real time, and a cut at 510ms is exact. With
--real the program runs on the real clock and writes to a temporary directory.
There an instant cannot be hit, so the client leaves after an effect:

  droppoint-go save-file/ctx-checked --real --cut after-effect-2

The output has every wait, with its step of the scenario and its line of source,
every change of the world at its instant, and the world in the end. Compare:

  droppoint-go save-file/ctx-checked --cut 510ms     a file is left on the disk
  droppoint-go save-file/ctx-undo --cut 510ms        it is removed again

Options:
  --cut CUT   none, at-once, 510ms, after-effect-2 (default none)
  --real      the real clock and a real disk
  --ndjson    print the run in the format of docs/protocol.md
  --serve     answer the requests on standard input, docs/protocol.md
  --help      this text

Exit code: 0 done, 1 the run failed, 2 bad usage.
`
