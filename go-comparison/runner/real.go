//go:build !js

package runner

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// inRealTime runs the job on the machine's clock and a directory of
// its own.
func inRealTime(_ *testing.T, job Job) (run *trace.Run, err error) {
	dir, err := os.MkdirTemp("", "droppoint-")
	if err != nil {
		return nil, err
	}
	defer removeIfInterrupted(dir)()
	defer func() {
		if rmErr := os.RemoveAll(dir); err == nil && rmErr != nil {
			run, err = nil, rmErr
		}
	}()
	return withTimeout(Real, func() (*trace.Run, error) { return inDirectory(dir, job) }, time.After(runTimeout))
}

// inDirectory makes the cut after an effect, since an instant of real
// time cannot be hit. The run is over when every call has returned.
func inDirectory(dir string, job Job) (*trace.Run, error) {
	d := newDriver(job, trace.NewEnv(dir), func() int64 { return 0 })
	defer d.cancel()
	if job.Cut.kind == afterEffect {
		d.rec.CutAfter(int(job.Cut.n), job.Scenario.Caller, d.clientLeaves(), d.requestCancel)
	}
	before := stacks()
	d.startCaller()
	d.calls.Wait()

	ending := trace.Quiet
	if d.rec.CutPending() {
		ending = trace.Unrealized
	}
	return d.finish(ending, d.leftovers(startedSince(before, stacks())))
}

// removeIfInterrupted removes the directory and ends the process at a
// signal such as Ctrl-C, until stop is called.
func removeIfInterrupted(dir string) (stop func()) {
	signals, stopped := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		select {
		case s := <-signals:
			_ = os.RemoveAll(dir) // the process ends anyway
			code := 1
			if n, ok := s.(syscall.Signal); ok {
				code = 128 + int(n)
			}
			os.Exit(code)
		case <-stopped:
		}
	}()
	return func() {
		signal.Stop(signals)
		close(stopped)
	}
}
