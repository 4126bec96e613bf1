package runner

import "droppoint.dev/go-comparison/trace"

// processes refuses: a page has one process, which is the page's own.
type processes struct{}

func newProcesses() *processes { return &processes{} }

func (*processes) wants(job Job) bool { return job.Variant.OwnProcess }

func (*processes) done(*trace.Run) {}

func (*processes) do(job Job) (*trace.Run, error) {
	return nil, refuse("%s/%s may end its process, and a page has only this one: "+
		"look at the recording", job.Scenario.ID, job.Variant.Name)
}

func (*processes) close() {}
