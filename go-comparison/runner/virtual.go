package runner

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// settleTime is how long after the cut a run must have come to its end.
// It takes no real time.
const settleTime = time.Minute

// inVirtualTime runs the job in a bubble of its own, whose clock jumps
// from instant to instant.
func inVirtualTime(t *testing.T, job Job) (*trace.Run, error) {
	return withTimeout(Virtual, func() (*trace.Run, error) { return bubble(t, job) }, time.After(runTimeout))
}

func bubble(t *testing.T, job Job) (run *trace.Run, err error) {
	defer func() {
		// A bubble panics if goroutines are left when its main goroutine
		// returns. Those are expected: they are in the run.
		if p := recover(); p != nil && (!isDeadlock(p) || run == nil && err == nil) {
			panic(p)
		}
	}()
	synctest.Test(t, func(*testing.T) { run, err = inBubble(job) })
	return run, err
}

func isDeadlock(p any) bool {
	err, ok := p.(error)
	return ok && strings.HasPrefix(err.Error(), "deadlock: main bubble goroutine has exited")
}

func inBubble(job Job) (*trace.Run, error) {
	begin := time.Now()
	until := func(d time.Duration) {
		time.Sleep(d - time.Since(begin))
		// Everything else that is due at this instant comes first.
		synctest.Wait()
	}
	d := newDriver(job, trace.NewEnv(""), func() int64 {
		return time.Since(begin).Milliseconds()
	})
	defer func() {
		// After the world was read: this wakes goroutines that wait for
		// the context, and ends those that report.
		d.cancel()
		d.rec.End()
		time.Sleep(settleTime)
	}()

	if len(d.env.Others()) > 0 {
		d.startOthers()
		// They begin before the program.
		synctest.Wait()
	}
	d.startCaller()
	horizon := job.Scenario.Horizon
	ending, end := trace.Quiet, settleTime
	if job.Cut.kind == atInstant {
		if at := job.Cut.instant(); horizon == 0 || at < horizon {
			until(at)
			if !d.rec.ProcessEnded() {
				d.cut()
			}
			end += at
		} else {
			ending = trace.Unrealized
		}
	}
	if horizon > 0 {
		end = horizon
	}
	until(end)

	alive := inThisBubble(bubbleStacks())
	switch {
	case d.rec.ProcessEnded():
		ending, alive = trace.Process, nil
	case len(alive) == 0 || ending == trace.Unrealized:
	case horizon > 0:
		ending = trace.Horizon
	default:
		if s, ok := sleeping(alive); ok {
			f := s.mainFrame()
			return nil, fmt.Errorf("%s, %s, still sleeps %v after the cut: "+
				"the scenario needs a horizon", shortName(f.function), f.at, settleTime)
		}
	}
	run, err := d.finish(ending, d.leftovers(alive))
	if err != nil {
		return nil, err
	}
	run.Events = trace.Canonical(run.Events, job.Scenario.Others...)
	return run, nil
}
