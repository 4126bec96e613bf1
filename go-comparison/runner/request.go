package runner

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"droppoint.dev/go-comparison/internal/jsonobject"
	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// RequestError is an error in a request, such as an unknown program or an
// invalid cut, or the error of its run.
type RequestError struct{ message string }

func (r *RequestError) Error() string { return r.message }

func requestErrorf(format string, args ...any) error {
	return &RequestError{fmt.Sprintf(format, args...)}
}

// The modes of a run.
const (
	Virtual = "virtual"
	Real    = "real"
)

// Job is one run that was requested.
type Job struct {
	Scenario scenarios.Scenario
	Variant  scenarios.Variant
	Cut      Cut
	Mode     string

	// onEvent is called with each event as it happens, unless it is nil.
	onEvent func(trace.Event)
}

// String returns the name of the run in messages.
func (j Job) String() string {
	return fmt.Sprintf("go/%s %s at %s", j.Variant.Name, j.Scenario.ID, j.Cut)
}

// NewJob finds the program among all scenarios and checks that the mode
// has such cuts.
func NewJob(all []scenarios.Scenario, scenario, variant, cut, mode string) (Job, error) {
	var job Job
	i := slices.IndexFunc(all, func(s scenarios.Scenario) bool { return s.ID == scenario })
	if i < 0 {
		return job, requestErrorf("no scenario `%s`; there are %s", scenario, strings.Join(ids(all), ", "))
	}
	job.Scenario = all[i]
	variants := job.Scenario.Variants
	i = slices.IndexFunc(variants, func(v scenarios.Variant) bool { return v.Name == variant })
	if i < 0 {
		return job, requestErrorf("no variant `%s` of %s; there are %s",
			variant, scenario, strings.Join(names(variants), ", "))
	}
	job.Variant = variants[i]
	var err error
	if job.Cut, err = ParseCut(cut); err != nil {
		return job, err
	}
	job.Mode = mode
	switch {
	case mode != Virtual && mode != Real:
		return job, requestErrorf("no mode `%s`; there are virtual and real", mode)
	case mode == Real && !job.Scenario.Real:
		return job, requestErrorf("only %s runs in real time", strings.Join(ids(real(all)), ", "))
	case mode == Virtual && job.Cut.kind == afterEffect:
		return job, requestErrorf("`%s` is a cut of real time; "+
			"in virtual time write an instant such as 510ms", cut)
	case mode == Real && job.Cut.kind == atInstant:
		return job, requestErrorf("`%s`: an instant of real time cannot be hit; "+
			"write after-effect-2", cut)
	}
	return job, nil
}

func real(all []scenarios.Scenario) []scenarios.Scenario {
	return slices.DeleteFunc(slices.Clone(all), func(s scenarios.Scenario) bool { return !s.Real })
}

func ids(all []scenarios.Scenario) (ids []string) {
	for _, s := range all {
		ids = append(ids, s.ID)
	}
	return ids
}

func names(variants []scenarios.Variant) (names []string) {
	for _, v := range variants {
		names = append(names, v.Name)
	}
	return names
}

// fieldNames are the fields of a request; mode may be missing.
var fieldNames = []string{"scenario", "variant", "cut", "mode"}

// ParseRequest reads one line of the protocol.
func ParseRequest(all []scenarios.Scenario, line []byte) (Job, error) {
	fields, err := jsonobject.Strings(line)
	if err != nil {
		return Job{}, requestErrorf("invalid request: %s", err)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(fieldNames, name) {
			return Job{}, requestErrorf("invalid request: unknown field `%s`", name)
		}
	}
	if _, ok := fields["mode"]; !ok {
		fields["mode"] = Virtual
	}
	for _, name := range fieldNames {
		if _, ok := fields[name]; !ok {
			return Job{}, requestErrorf("invalid request: the field `%s` is missing", name)
		}
	}
	return NewJob(all, fields["scenario"], fields["variant"], fields["cut"], fields["mode"])
}
