package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/store"
)

type options struct {
	store.Options
	host string
	port int
}

// day is the longest that a save or a body may take.
const day = 24 * time.Hour

// parse reads the arguments. The error is flag.ErrHelp if help is wanted.
func parse(args []string) (opts options, err error) {
	opts = options{
		Options: store.Options{
			Variant: "naive", Quota: 2, Lag: time.Second, BodyTimeout: 10 * time.Second, MaxBody: 8 << 20,
		},
		host: "127.0.0.1",
	}
	flags := flag.NewFlagSet("droppoint-store", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&opts.Variant, "variant", opts.Variant, "")
	flags.StringVar(&opts.Dir, "dir", "", "")
	flags.StringVar(&opts.host, "host", opts.host, "")
	flags.Func("port", "", number(&opts.port, 1, 0, math.MaxUint16))
	flags.Func("quota", "", func(text string) error {
		if text == "none" {
			opts.Quota = store.NoQuota
			return nil
		}
		return number(&opts.Quota, 1, 1, math.MaxInt32)(text)
	})
	flags.Func("lag", "", number(&opts.Lag, time.Millisecond, 0, day))
	flags.Func("body-timeout", "", number(&opts.BodyTimeout, time.Millisecond, time.Millisecond, day))
	flags.Func("max-body", "", number(&opts.MaxBody, 1, 0, math.MaxInt32))
	flags.BoolVar(&opts.Steps, "steps", false, "")
	if err := flags.Parse(args); err != nil {
		return opts, err
	}
	if flags.NArg() > 0 {
		return opts, fmt.Errorf("`%s` is not an option", flags.Arg(0))
	}
	if names := variants(); !slices.Contains(names, opts.Variant) {
		return opts, fmt.Errorf("no variant `%s`; there are %s", opts.Variant, strings.Join(names, ", "))
	}
	if opts.Dir == "" {
		return opts, errors.New("--dir is missing: the folder of the files")
	}
	opts.Dir, err = filepath.Abs(opts.Dir)
	return opts, err
}

// number reads a whole number of units from least to most.
func number[N ~int | ~int64](to *N, unit, least, most N) func(string) error {
	return func(text string) error {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < int64(least/unit) || n > int64(most/unit) {
			return fmt.Errorf("not a whole number from %d to %d", int64(least/unit), int64(most/unit))
		}
		*to = N(n) * unit
		return nil
	}
}

func variants() []string {
	saveFile, _ := scenarios.ByID("save-file")
	var names []string
	for _, v := range saveFile.Variants {
		names = append(names, v.Name)
	}
	return names
}

func help() string {
	return `Saves files over HTTP, by the Go programs of the scenario save-file.

  droppoint-store --dir DIR [OPTIONS]

Options
  --variant NAME      how a file is saved [default: naive]
                      ` + strings.Join(variants(), ", ") + `
  --dir DIR           the folder of the files; made if it is missing
  --host ADDRESS      the address to listen on [default: 127.0.0.1]
  --port N            the port to listen on; 0 is any free one [default: 0]
  --quota N           how many files the store may hold, from 1, or none [default: 2]
  --lag MS            how long step (3) of a save takes [default: 1000]
  --body-timeout MS   how long a body may take to arrive [default: 10000]
  --max-body BYTES    how many bytes a body may have [default: 8388608]
  --steps             keep when each step of a save began, for GET /steps
  --help              this text

Nothing is synced. An acknowledged save survives the death of the store (kill -9),
since the kernel has its bytes; it may not survive a power cut.

One folder is for one store: a second one ends with exit code 1.

SIGTERM or SIGINT: no new connection is accepted, every save that was accepted
is finished. A second one ends the store at once.
`
}
