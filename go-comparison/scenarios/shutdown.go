package scenarios

import (
	"context"
	"sync"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// A Server accepts a job at 0 ms and another at 4 ms. When it
// has nothing more to do, at 20 ms, or is told to end before
// that, main returns. It
//
//  1. waits for jobs, or for the end,
//  2. works on each job for 10 ms,
//  3. may wait for the jobs that are under way.
type Server struct {
	accepted, finished, refused *trace.Set
	notifyContext               notifyFunc
}

const perJob = 10 * time.Millisecond

// notifyFunc is signal.NotifyContext, less the signals.
type notifyFunc func(context.Context) (
	context.Context, context.CancelFunc,
)

// MainReturns starts a goroutine for each job. When main
// returns, the process ends, and asks none of them.
func (s *Server) MainReturns(ctx context.Context) {
	told, stop := s.notifyContext(ctx)
	defer stop()
	s.accept(told, func(job string) {
		trace.Go(ctx, func(ctx context.Context) {
			s.work(ctx, job)
		})
	})
}

// WaitGroup finishes what it has accepted. Who does not want to
// wait for that sends a second signal.
func (s *Server) WaitGroup(ctx context.Context) {
	told, stop := s.notifyContext(ctx)
	defer stop()
	var jobs sync.WaitGroup
	s.accept(told, func(job string) {
		jobs.Go(trace.Task(ctx, func(ctx context.Context) {
			s.work(ctx, job)
		}))
	})
	stop() // from here on a signal ends the process
	trace.At(ctx, 3)
	jobs.Wait()
}

// CtxRefuses lets the jobs know that it was told to end. They
// stop, and say so.
func (s *Server) CtxRefuses(ctx context.Context) {
	told, stop := s.notifyContext(ctx)
	defer stop()
	// Once it was told, a second signal ends the process.
	context.AfterFunc(told, stop)
	var jobs sync.WaitGroup
	s.accept(told, func(job string) {
		jobs.Go(trace.Task(told, func(ctx context.Context) {
			s.workContext(ctx, job)
		}))
	})
	trace.At(ctx, 3)
	jobs.Wait()
}

// accept starts the jobs as they come, until it is told to end
// or has waited for the last time.
func (s *Server) accept(
	told context.Context, start func(job string),
) {
	for _, next := range []struct {
		job  string
		then time.Duration // until something else comes
	}{
		{"1", 4 * time.Millisecond},
		{"2", 16 * time.Millisecond},
	} {
		if told.Err() != nil {
			return
		}
		s.accepted.Add(told, next.job)
		start(next.job)
		trace.At(told, 1)
		if err := sleepContext(told, next.then); err != nil {
			return
		}
	}
}

func (s *Server) work(ctx context.Context, job string) {
	trace.At(ctx, 2)
	time.Sleep(perJob)
	s.finished.Add(ctx, job)
}

// workContext is work that gives up when ctx is done.
func (s *Server) workContext(ctx context.Context, job string) {
	trace.At(ctx, 2)
	if err := sleepContext(ctx, perJob); err != nil {
		s.refused.Add(ctx, job)
		return
	}
	s.finished.Add(ctx, job)
}

type mainFunc func(*Server, context.Context)

var shutdown = programs(server, map[string]mainFunc{
	"main-returns": (*Server).MainReturns,
	"wait-group":   (*Server).WaitGroup,
	"ctx-refuses":  (*Server).CtxRefuses,
})

// server runs main in a process of its own.
func server(env *trace.Env, main mainFunc) Handler {
	s := &Server{
		accepted:      env.Set("accepted"),
		finished:      env.Set("finished"),
		refused:       env.Set("refused"),
		notifyContext: env.NotifyContext,
	}
	return func(ctx context.Context, _ string) (string, error) {
		main(s, ctx)
		return "exit 0", nil
	}
}
