package runner

import "droppoint.dev/go-comparison/trace"

// children does no run: a page has one process, which it must not end.
type children struct{}

func newChildren() *children { return &children{} }

func (*children) needed(job Job) bool { return job.Variant.EndsProcess }

func (*children) leftHere(*trace.Run) {}

func (*children) do(job Job) (*trace.Run, error) {
	return nil, requestErrorf("%s/%s may end its process, which a page cannot restart: "+
		"look at the recording", job.Scenario.ID, job.Variant.Name)
}

func (*children) close() {}
