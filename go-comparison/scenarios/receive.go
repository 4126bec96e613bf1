package scenarios

import (
	"context"
	"fmt"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// A Relay passes on the messages of a queue. In a loop it
//
//  1. waits for a message, or for its heartbeat,
//  2. waits 3 ms until the next stage is ready, and passes the
//     message on.
type Relay struct {
	queue  *trace.Queue // its receiver has the channel
	sent   *trace.Set
	passed *trace.Set
}

const (
	heartbeat = 6 * time.Millisecond
	stage     = 3 * time.Millisecond
)

// Select loses no message: only the chosen case receives, and
// a message that was received is passed on, also when ctx is
// done. Of two ready cases, select picks one at random.
func (r *Relay) Select(ctx context.Context) (int, error) {
	messages := r.queue.Chan(ctx)
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	n := 0
	for {
		trace.At(ctx, 1)
		select {
		case <-ctx.Done():
			return n, ctx.Err()
		case <-alive.C:
		case m, ok := <-messages:
			if !ok {
				return n, nil
			}
			r.pass(ctx, m)
			n++
		}
	}
}

// PassWithCtx gives ctx to the next stage as well, and may
// return between the receive and the passing on: then the
// message is lost.
func (r *Relay) PassWithCtx(ctx context.Context) (int, error) {
	messages := r.queue.Chan(ctx)
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	n := 0
	for {
		trace.At(ctx, 1)
		select {
		case <-ctx.Done():
			return n, ctx.Err()
		case <-alive.C:
		case m, ok := <-messages:
			if !ok {
				return n, nil
			}
			if err := r.passContext(ctx, m); err != nil {
				return n, err
			}
			n++
		}
	}
}

// Helper has a goroutine that receives and hands over each
// message. After the loop has returned nobody takes it. If the
// goroutine selected on ctx.Done as well, it would end, but the
// message that it holds would still be lost.
func (r *Relay) Helper(ctx context.Context) (int, error) {
	handed := make(chan string)
	trace.Go(ctx, func(ctx context.Context) {
		r.receive(ctx, handed)
	})
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	n := 0
	for {
		trace.At(ctx, 1)
		select {
		case <-ctx.Done():
			return n, ctx.Err()
		case <-alive.C:
		case m, ok := <-handed:
			if !ok {
				return n, nil
			}
			r.pass(ctx, m)
			n++
		}
	}
}

// CheckedFirst checks ctx before each select: if ctx is done
// by then, no message is received at random.
func (r *Relay) CheckedFirst(
	ctx context.Context,
) (int, error) {
	messages := r.queue.Chan(ctx)
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	n := 0
	for {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		trace.At(ctx, 1)
		select {
		case <-ctx.Done():
			return n, ctx.Err()
		case <-alive.C:
		case m, ok := <-messages:
			if !ok {
				return n, nil
			}
			r.pass(ctx, m)
			n++
		}
	}
}

func (r *Relay) pass(ctx context.Context, m string) {
	trace.At(ctx, 2)
	time.Sleep(stage)
	r.passed.Add(ctx, m)
}

// passContext is pass, and returns when ctx is done.
func (r *Relay) passContext(
	ctx context.Context, m string,
) error {
	trace.At(ctx, 2)
	if err := sleepContext(ctx, stage); err != nil {
		return err
	}
	r.passed.Add(ctx, m)
	return nil
}

func (r *Relay) receive(
	ctx context.Context, handed chan<- string,
) {
	defer close(handed)
	messages := r.queue.Chan(ctx)
	for {
		trace.At(ctx, 1)
		m, ok := <-messages
		if !ok {
			return
		}
		trace.At(ctx, 2)
		handed <- m
	}
}

// send is a task of the world: a message at 0, 10 and 20 ms,
// and the close of the queue at 31 ms.
func (r *Relay) send(ctx context.Context) {
	for i, m := range []string{"m1", "m2", "m3"} {
		if i > 0 {
			time.Sleep(10 * time.Millisecond)
		}
		r.sent.Add(ctx, m)
		r.queue.Send(ctx, m)
	}
	time.Sleep(11 * time.Millisecond)
	r.queue.Close()
}

type relayFunc func(*Relay, context.Context) (int, error)

var receive = programs(relay, map[string]relayFunc{
	"select":        (*Relay).Select,
	"pass-with-ctx": (*Relay).PassWithCtx,
	"helper":        (*Relay).Helper,
	"checked-first": (*Relay).CheckedFirst,
})

// relay passes on the messages of a queue of its own.
func relay(env *trace.Env, run relayFunc) Handler {
	r := &Relay{
		queue:  env.Queue("queue", 3),
		sent:   env.Set("sent"),
		passed: env.Set("passed"),
	}
	env.Other("sender", r.send)
	return func(ctx context.Context, _ string) (string, error) {
		n, err := run(r, ctx)
		return fmt.Sprintf("%d passed", n), err
	}
}
