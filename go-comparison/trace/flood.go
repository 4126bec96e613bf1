package trace

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// maxEvents is a hundred times what the largest scenario needs. The
// reader of the protocol takes no more either.
const maxEvents = 100_000

// dam ends the goroutine of a task that floods, as nothing else would:
// it may be in a loop in which no time passes. Deferred calls run,
// those that free the mutex among them.
func (r *Recorder) dam(task string) {
	if !r.full {
		return
	}
	if r.flooded == "" {
		r.flooded = fmt.Sprintf(": task %s floods, at %s", task, outside())
	}
	runtime.Goexit()
}

// Flood is the error of a run that had too many events.
func (r *Recorder) Flood() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.full {
		return nil
	}
	return fmt.Errorf("more than %d events%s", maxEvents, r.flooded)
}

// outside is the function and line that called into this package.
func outside() string {
	pc := make([]uintptr, 32)
	frames := runtime.CallersFrames(pc[:runtime.Callers(1, pc)])
	first, more := frames.Next()
	own := strings.TrimSuffix(first.Function, "outside")
	frame := first
	for more && strings.HasPrefix(frame.Function, own) {
		frame, more = frames.Next()
	}
	return fmt.Sprintf("%s, %s:%d", filepath.Base(frame.Function), filepath.Base(frame.File), frame.Line)
}
