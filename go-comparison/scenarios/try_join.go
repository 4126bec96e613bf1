package scenarios

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"droppoint.dev/go-comparison/trace"
)

// A Transfer has two halves, which run concurrently:
//
//  1. withdraw from the payer, which takes 8 ms,
//  2. deposit with the payee, which takes 12 ms, unless the
//     payee's bank refuses before that.
//
// After that it may have to
//
//  3. give back what was withdrawn, which takes 2 ms.
type Transfer struct {
	payer, payee *trace.Number
	refusal      <-chan struct{} // closed when the bank refuses
}

const (
	amount     = 10
	withdrawal = 8 * time.Millisecond
)

// ErrRefused is the error of a bank that refuses a deposit.
var ErrRefused = errors.New("refused")

// GroupCtx cancels the other half when one has failed: a group
// cancels its context at the first error. A half that is done
// by then stays done.
func (t *Transfer) GroupCtx(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(trace.TaskErr(ctx, t.deposit))
	g.Go(trace.TaskErr(ctx, t.withdraw))
	return g.Wait()
}

// GroupCtxIgnored does the same with a withdrawal that ignores
// the context: cancelling a context stops no code by itself.
func (t *Transfer) GroupCtxIgnored(
	ctx context.Context,
) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(trace.TaskErr(ctx, t.deposit))
	g.Go(trace.TaskErr(ctx, t.withdrawAnyway))
	return g.Wait()
}

// PlainGroup waits for both halves and returns the first error.
func (t *Transfer) PlainGroup(ctx context.Context) error {
	var g errgroup.Group
	g.Go(trace.TaskErr(ctx, t.deposit))
	g.Go(trace.TaskErr(ctx, t.withdraw))
	return g.Wait()
}

// Undo waits for both halves and keeps both errors. If only the
// withdrawal succeeded, it gives the amount back.
func (t *Transfer) Undo(ctx context.Context) error {
	var in, out error
	var both sync.WaitGroup
	both.Go(trace.Task(ctx, func(ctx context.Context) {
		in = t.deposit(ctx)
	}))
	both.Go(trace.Task(ctx, func(ctx context.Context) {
		out = t.withdraw(ctx)
	}))
	both.Wait()
	if in != nil && out == nil {
		t.giveBack(ctx)
	}
	return errors.Join(in, out)
}

func (t *Transfer) withdraw(ctx context.Context) error {
	trace.At(ctx, 1)
	if err := sleepContext(ctx, withdrawal); err != nil {
		return err
	}
	t.payer.Add(ctx, -amount)
	return nil
}

func (t *Transfer) withdrawAnyway(ctx context.Context) error {
	trace.At(ctx, 1)
	time.Sleep(withdrawal)
	t.payer.Add(ctx, -amount)
	return nil
}

func (t *Transfer) deposit(ctx context.Context) error {
	trace.At(ctx, 2)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.refusal:
		return ErrRefused
	case <-time.After(12 * time.Millisecond):
		t.payee.Add(ctx, amount)
		return nil
	}
}

// giveBack ignores ctx: the amount is given back also if the
// caller no longer waits.
func (t *Transfer) giveBack(ctx context.Context) {
	trace.At(ctx, 3)
	time.Sleep(2 * time.Millisecond)
	t.payer.Add(ctx, amount)
}

type payFunc func(*Transfer, context.Context) error

var tryJoin = programs(transfer, map[string]payFunc{
	"group-ctx":         (*Transfer).GroupCtx,
	"group-ctx-ignored": (*Transfer).GroupCtxIgnored,
	"plain-group":       (*Transfer).PlainGroup,
	"undo":              (*Transfer).Undo,
})

// transfer pays between two accounts of its own.
func transfer(env *trace.Env, pay payFunc) Handler {
	t := &Transfer{
		payer:   env.Number("payer"),
		payee:   env.Number("payee"),
		refusal: env.Event(),
	}
	return func(ctx context.Context, _ string) (string, error) {
		return "paid", pay(t, ctx)
	}
}
