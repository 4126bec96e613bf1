package runner

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// rest is how long after the cut a run must have come to rest. It
// takes no time if nothing happens in it.
const rest = time.Minute

// inVirtualTime runs the job in a bubble of its own, whose clock jumps
// from instant to instant.
func inVirtualTime(t *testing.T, job Job) (*trace.Run, error) {
	return patiently(Virtual, func() (*trace.Run, error) { return bubble(t, job) }, patience())
}

func bubble(t *testing.T, job Job) (run *trace.Run, err error) {
	defer func() {
		// Goroutines that are left make the bubble panic when its
		// main goroutine returns. We know of them: they are in the run.
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
		// Whatever else is due at this instant comes first.
		synctest.Wait()
	}
	d := newDriver(job, trace.NewEnv(""), func() int64 {
		return time.Since(begin).Milliseconds()
	})
	defer func() {
		// Only after the world was asked: this wakes what heeds the
		// context, and ends what reports anything.
		d.cancel()
		d.rec.End()
		time.Sleep(rest)
	}()

	if len(d.env.Others()) > 0 {
		d.begin()
		// The world is there before the program is.
		synctest.Wait()
	}
	d.start()
	horizon := job.Scenario.Horizon
	ending, end := trace.Quiet, rest
	if job.Cut.kind == atInstant {
		if at := job.Cut.instant(); horizon == 0 || at < horizon {
			until(at)
			if !d.rec.ProcessEnded() {
				d.request()
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
		if s, ok := restless(alive); ok {
			f := s.shown()
			return nil, fmt.Errorf("%s, %s, still sleeps and wakes %v after the cut: "+
				"this scenario needs a horizon", short(f.function), f.at, rest)
		}
	}
	run, err := d.finish(ending, d.leftOf(alive))
	if err != nil {
		return nil, err
	}
	run.Events = trace.Canonical(run.Events, job.Scenario.Others...)
	return run, nil
}
