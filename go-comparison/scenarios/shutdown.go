package scenarios

import (
	"context"
	"sync"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// A Server accepts a job at 0 ms and another at 4 ms. At 20 ms
// it has nothing more to do, and main returns; a signal ends it
// earlier. It
//
//  1. waits for jobs, or for the signal,
//  2. works on each job for 10 ms,
//  3. may wait for the jobs that are under way.
type Server struct {
	accepted, finished, refused *trace.Set
	notifyContext               notifyFunc
}

const perJob = 10 * time.Millisecond

// notifyFunc is signal.NotifyContext without its signals.
type notifyFunc func(context.Context) (
	context.Context, context.CancelFunc,
)

// MainReturns starts a goroutine for each job. When main
// returns, the process ends, and does not wait for them.
func (s *Server) MainReturns(ctx context.Context) {
	sigCtx, stop := s.notifyContext(ctx)
	defer stop()
	s.accept(sigCtx, func(job string) {
		trace.Go(ctx, func(ctx context.Context) {
			s.work(ctx, job)
		})
	})
}

// WaitGroup finishes the jobs that it has accepted. A second
// signal ends the process at once.
func (s *Server) WaitGroup(ctx context.Context) {
	sigCtx, stop := s.notifyContext(ctx)
	defer stop()
	var jobs sync.WaitGroup
	s.accept(sigCtx, func(job string) {
		jobs.Go(trace.Task(ctx, func(ctx context.Context) {
			s.work(ctx, job)
		}))
	})
	stop() // from here on a signal ends the process
	trace.At(ctx, 3)
	jobs.Wait()
}

// CtxRefuses cancels the context of the jobs at the signal.
// They stop, and are added to refused.
func (s *Server) CtxRefuses(ctx context.Context) {
	sigCtx, stop := s.notifyContext(ctx)
	defer stop()
	// After the first signal another ends the process.
	context.AfterFunc(sigCtx, stop)
	var jobs sync.WaitGroup
	s.accept(sigCtx, func(job string) {
		jobs.Go(trace.Task(sigCtx, func(ctx context.Context) {
			s.workContext(ctx, job)
		}))
	})
	trace.At(ctx, 3)
	jobs.Wait()
}

// accept starts the jobs as they come, until the signal or the
// end of the last wait.
func (s *Server) accept(
	ctx context.Context, start func(job string),
) {
	for _, next := range []struct {
		job  string
		wait time.Duration // for the next one
	}{
		{"1", 4 * time.Millisecond},
		{"2", 16 * time.Millisecond},
	} {
		if ctx.Err() != nil {
			return
		}
		s.accepted.Add(ctx, next.job)
		start(next.job)
		trace.At(ctx, 1)
		if err := sleepContext(ctx, next.wait); err != nil {
			return
		}
	}
}

func (s *Server) work(ctx context.Context, job string) {
	trace.At(ctx, 2)
	time.Sleep(perJob)
	s.finished.Add(ctx, job)
}

// workContext is work, and returns when ctx is done.
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
