package trace

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// maxEvents is a hundred times what the largest scenario needs. The
// reader of the protocol accepts no more either.
const maxEvents = 100_000

// stopIfFull ends the goroutine of a task that goes on reporting after
// maxEvents: it may be in a loop in which no time passes. Deferred calls
// run, also those that unlock the mutex. The caller holds the mutex.
func (r *Recorder) stopIfFull(task string) {
	if !r.full {
		return
	}
	if r.fullAt == "" {
		r.fullAt = fmt.Sprintf(": task %s, at %s", task, callerOfPackage())
	}
	runtime.Goexit()
}

// Full returns an error if the run had more than maxEvents.
func (r *Recorder) Full() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.full {
		return nil
	}
	return fmt.Errorf("more than %d events%s", maxEvents, r.fullAt)
}

// callerOfPackage is the function and line that called this package.
func callerOfPackage() string {
	pc := make([]uintptr, 32)
	frames := runtime.CallersFrames(pc[:runtime.Callers(1, pc)])
	first, more := frames.Next()
	own := strings.TrimSuffix(first.Function, "callerOfPackage")
	frame := first
	for more && strings.HasPrefix(frame.Function, own) {
		frame, more = frames.Next()
	}
	return fmt.Sprintf("%s, %s:%d", filepath.Base(frame.Function), filepath.Base(frame.File), frame.Line)
}
