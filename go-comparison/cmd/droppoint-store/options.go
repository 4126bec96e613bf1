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

	"golang.org/x/sys/unix"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/store"
)

type options struct {
	store.Options
	host string
	port int
	help bool
}

// longest is a day; nobody waits longer for a save.
const longest = 24 * time.Hour / time.Millisecond

func parse(args []string) (opts options, err error) {
	flags := flag.NewFlagSet("droppoint-store", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	variant := flags.String("variant", "naive", "")
	dir := flags.String("dir", "", "")
	flags.StringVar(&opts.host, "host", "127.0.0.1", "")
	port := flags.String("port", "0", "")
	quota := flags.String("quota", "2", "")
	lag := flags.String("lag", "1000", "")
	bodyTimeout := flags.String("body-timeout", "10000", "")
	maxBody := flags.String("max-body", "8388608", "")
	flags.BoolVar(&opts.Steps, "steps", false, "")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		opts.help = true
		return opts, nil
	} else if err != nil {
		return opts, err
	}
	if flags.NArg() > 0 {
		return opts, fmt.Errorf("`%s` is not an option", flags.Arg(0))
	}
	if names := variants(); !slices.Contains(names, *variant) {
		return opts, fmt.Errorf("there is no variant `%s`; there are %s", *variant, strings.Join(names, ", "))
	}
	if *dir == "" {
		return opts, errors.New("--dir is missing: the folder of the files")
	}
	opts.Variant = *variant
	if opts.Dir, err = filepath.Abs(*dir); err != nil {
		return opts, err
	}
	if *quota == "none" {
		opts.Quota = store.NoQuota
	} else if n, err := whole("quota", *quota, 1, math.MaxInt32); err != nil {
		return opts, fmt.Errorf("%w; or none", err)
	} else {
		opts.Quota = int(n)
	}
	n, err := whole("port", *port, 0, math.MaxUint16)
	if err != nil {
		return opts, err
	}
	opts.port = int(n)
	ms, err := whole("lag", *lag, 0, int64(longest))
	if err != nil {
		return opts, err
	}
	opts.Lag = time.Duration(ms) * time.Millisecond
	if ms, err = whole("body-timeout", *bodyTimeout, 1, int64(longest)); err != nil {
		return opts, err
	}
	opts.BodyTimeout = time.Duration(ms) * time.Millisecond
	opts.MaxBody, err = whole("max-body", *maxBody, 0, math.MaxInt32)
	return opts, err
}

func whole(name, text string, least, most int64) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < least || n > most {
		return 0, fmt.Errorf("--%s takes a whole number from %d to %d, and not `%s`", name, least, most, text)
	}
	return n, nil
}

func variants() []string {
	saveFile, _ := scenarios.ByID("save-file")
	var names []string
	for _, v := range saveFile.Variants {
		names = append(names, v.Name)
	}
	return names
}

// writable asks before anybody wants to have a file saved.
func writable(dir string) error {
	return unix.Access(dir, unix.R_OK|unix.W_OK|unix.X_OK)
}

func help() string {
	return `Saves files over HTTP, by the Go programs of the scenario save-file.

  droppoint-store --dir DIR [OPTIONS]

Options
  --variant NAME      how a file is saved [default: naive]
                      ` + strings.Join(variants(), ", ") + `
  --dir DIR           the folder of the files; made if it is missing
  --host ADDRESS      on which address to listen [default: 127.0.0.1]
  --port N            on which port; 0 is any free one [default: 0]
  --quota N           how many files it may hold, from 1, or none [default: 2]
  --lag MS            how long step (3) of a save takes [default: 1000]
  --body-timeout MS   how long a body may take to arrive [default: 10000]
  --max-body BYTES    how many bytes a body may have [default: 8388608]
  --steps             keep when each step of a save began, for GET /steps
  --help              this text

What is synced: nothing. An acknowledged save survives the death of the store
(kill -9), since the kernel has its bytes; it may not survive a power cut.

SIGTERM or SIGINT: no new connection is accepted, every save that was accepted
is finished. A second one ends the store at once.
`
}
