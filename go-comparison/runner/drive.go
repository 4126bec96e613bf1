// Package runner runs the programs of the scenarios, cuts them as it is
// asked to, and answers requests with runs.
package runner

import (
	"runtime"
	"strings"
	"testing"

	"droppoint.dev/go-comparison/trace"
)

// Do runs one job and checks the run. Virtual time needs a test, hence t;
// no failure is reported to it.
func Do(t *testing.T, job Job) (*trace.Run, error) {
	children := newChildren()
	defer children.close()
	return do(t, job, children)
}

// do is Do with children that serve other jobs as well.
func do(t *testing.T, job Job, children *children) (run *trace.Run, err error) {
	switch {
	case job.Mode == Real:
		run, err = inRealTime(t, job)
	case children.needed(job):
		run, err = children.do(job)
	default:
		if run, err = inVirtualTime(t, job); err == nil {
			children.leftHere(run)
		}
	}
	if err != nil {
		return nil, err
	}
	run.Header = trace.Header{
		Schema:   trace.Schema,
		Language: "go",
		Runtime:  map[string]string{"go": strings.TrimPrefix(runtime.Version(), "go")},
		Scenario: job.Scenario.ID,
		Variant:  job.Variant.Name,
		Who:      string(job.Scenario.Who),
		Mode:     job.Mode,
		Cut:      job.Cut.String(),
	}
	return run, run.Check()
}
