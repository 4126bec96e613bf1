//go:build !js

package runner

import (
	"os"
	"testing"

	"droppoint.dev/go-comparison/trace"
)

// inRealTime runs the job on the machine's clock and a directory of
// its own. Nobody aims at instants there: the cut comes after an
// effect, and the run is over when every call has returned.
func inRealTime(_ *testing.T, job Job) (run *trace.Run, err error) {
	dir, err := os.MkdirTemp("", "droppoint-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if gone := os.RemoveAll(dir); err == nil && gone != nil {
			run, err = nil, gone
		}
	}()
	d := newDriver(job, trace.NewEnv(dir), func() int64 { return 0 })
	defer d.cancel()
	if job.Cut.kind == afterEffect {
		d.rec.CutAfter(int(job.Cut.n), job.Scenario.Caller, d.leaves(), d.cut)
	}
	before := stacks()
	d.start()
	d.answered.Wait()

	ending := trace.Quiet
	if d.rec.CutPending() {
		ending = trace.Unrealized
	}
	return d.finish(ending, d.leftOf(since(before, stacks())))
}
