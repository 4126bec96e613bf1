package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
)

// options are what the arguments ask for: exactly one of help, list,
// serve and job.
type options struct {
	help, list, serve bool
	ndjson            bool
	job               runner.Job
}

func parse(args []string) (opts options, err error) {
	flags := flag.NewFlagSet("droppoint-go", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	cut := flags.String("cut", "none", "")
	real := flags.Bool("real", false, "")
	flags.BoolVar(&opts.ndjson, "ndjson", false, "")
	flags.BoolVar(&opts.serve, "serve", false, "")

	var words []string
	for len(args) > 0 { // flags may stand on either side of a word
		if err := known(flags, args[0]); err != nil {
			return opts, err
		}
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			opts.help = true
			return opts, nil
		} else if err != nil {
			return opts, mistyped(flags, err)
		}
		if args = flags.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	switch {
	case opts.serve && (len(words) > 0 || flags.NFlag() > 1):
		return opts, errors.New("--serve takes its programs and cuts from standard input, nothing else")
	case opts.serve:
		return opts, nil
	case len(words) == 0:
		return opts, errors.New("which program? For example save-file/naive, or list")
	case len(words) > 1:
		return opts, fmt.Errorf("one program at a time; `%s` is one too many", words[1])
	case words[0] == "help":
		opts.help = true
		return opts, nil
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
	opts.job, err = find(words[0], *cut, mode)
	return opts, err
}

// find is the job of a program's full name, such as save-file/naive.
func find(name, cut, mode string) (runner.Job, error) {
	programs := []string{"list", "help"}
	for _, s := range scenarios.All {
		if name == s.ID {
			return runner.Job{}, fmt.Errorf("which variant of it? For example %s/%s; list shows all",
				s.ID, s.Variants[0].Name)
		}
		for _, v := range s.Variants {
			programs = append(programs, s.ID+"/"+v.Name)
		}
	}
	if !slices.Contains(programs[2:], name) {
		return runner.Job{}, unknown("program", name, nearest(name, programs), "list shows all")
	}
	scenario, variant, _ := strings.Cut(name, "/")
	return runner.NewJob(scenarios.All, scenario, variant, cut, mode)
}

// known refuses what looks like an option and is none, before package
// flag does so in its own words.
func known(flags *flag.FlagSet, arg string) error {
	name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
	if !strings.HasPrefix(arg, "-") || name == "" || name == "help" || name == "h" || flags.Lookup(name) != nil {
		return nil
	}
	return unknownOption(flags, name)
}

// mistyped says the same of an option that stands further behind.
func mistyped(flags *flag.FlagSet, err error) error {
	if _, name, ok := strings.Cut(err.Error(), "not defined: -"); ok {
		return unknownOption(flags, name)
	}
	return err
}

func unknownOption(flags *flag.FlagSet, name string) error {
	names := []string{"help"}
	flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	near := nearest(name, names)
	if near != "" {
		near = "--" + near
	}
	return unknown("option", "--"+name, near, "--help shows all")
}

func unknown(what, name, near, otherwise string) error {
	if near != "" {
		return fmt.Errorf("no %s `%s`; did you mean `%s`?", what, name, near)
	}
	return fmt.Errorf("no %s `%s`; %s", what, name, otherwise)
}
