package runner

import (
	"testing"

	"droppoint.dev/go-comparison/trace"
)

// inRealTime refuses: a browser has no disk to write to, and its one
// thread waits for the run.
func inRealTime(*testing.T, Job) (*trace.Run, error) {
	return nil, refuse("there is no real disk in a browser")
}
