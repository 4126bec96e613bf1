package runner

import (
	"testing"

	"droppoint.dev/go-comparison/trace"
)

// inRealTime fails: a page has no disk, and its one thread waits for the
// run.
func inRealTime(*testing.T, Job) (*trace.Run, error) {
	return nil, requestErrorf("there is no real disk in a browser")
}
