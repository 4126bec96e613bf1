package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
)

// options are what the arguments ask for: exactly one of list, serve and
// job.
type options struct {
	list, serve bool
	ndjson      bool
	job         runner.Job
}

// parse reads the arguments. The error is flag.ErrHelp if help is wanted.
func parse(args []string) (opts options, err error) {
	flags := flag.NewFlagSet("droppoint-go", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	cut := flags.String("cut", "none", "")
	real := flags.Bool("real", false, "")
	flags.BoolVar(&opts.ndjson, "ndjson", false, "")
	flags.BoolVar(&opts.serve, "serve", false, "")

	var words []string
	for len(args) > 0 { // flags may stand on either side of the program
		if err := flags.Parse(args); err != nil {
			return opts, err
		}
		if args = flags.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	switch {
	case opts.serve && (len(words) > 0 || flags.NFlag() > 1):
		return opts, errors.New("--serve takes no program and no other option: the requests have them")
	case opts.serve:
		return opts, nil
	case len(words) == 0:
		return opts, errors.New("which program? For example save-file/naive, or list")
	case len(words) > 1:
		return opts, fmt.Errorf("one program at a time; `%s` is one too many", words[1])
	case words[0] == "help":
		return opts, flag.ErrHelp
	case words[0] == "list" && flags.NFlag() > 0:
		return opts, errors.New("list has no options")
	case words[0] == "list":
		opts.list = true
		return opts, nil
	}
	mode := runner.Virtual
	if *real {
		mode = runner.Real
	}
	scenario, variant, _ := strings.Cut(words[0], "/")
	opts.job, err = runner.NewJob(scenarios.All, scenario, variant, *cut, mode)
	return opts, err
}
