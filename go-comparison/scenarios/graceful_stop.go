package scenarios

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// A Journal keeps each of its entries in two places. In every
// round it writes one into the ledger, and
//
//  1. after 6 ms into the mirror,
//  2. then it pauses for 4 ms.
type Journal struct {
	ledger, mirror *trace.Set
}

const (
	rounds  = 5
	halfWay = 6 * time.Millisecond
	pause   = 4 * time.Millisecond
)

// NoCtx ignores ctx: it does all its rounds.
func (j *Journal) NoCtx(ctx context.Context) (int, error) {
	for round := range rounds {
		entry := strconv.Itoa(round + 1)
		j.ledger.Add(ctx, entry)
		trace.At(ctx, 1)
		time.Sleep(halfWay)
		j.mirror.Add(ctx, entry)
		trace.At(ctx, 2)
		time.Sleep(pause)
	}
	return rounds, nil
}

// CtxInside returns on ctx.Done wherever it waits, also between
// the two writes.
func (j *Journal) CtxInside(ctx context.Context) (int, error) {
	for round := range rounds {
		entry := strconv.Itoa(round + 1)
		j.ledger.Add(ctx, entry)
		trace.At(ctx, 1)
		if err := sleepContext(ctx, halfWay); err != nil {
			return round, err
		}
		j.mirror.Add(ctx, entry)
		trace.At(ctx, 2)
		if err := sleepContext(ctx, pause); err != nil {
			return round + 1, err
		}
	}
	return rounds, nil
}

// CtxEachRound stops only where the two places agree: it
// finishes a round that has begun.
func (j *Journal) CtxEachRound(
	ctx context.Context,
) (int, error) {
	for round := range rounds {
		if err := ctx.Err(); err != nil {
			return round, err
		}
		entry := strconv.Itoa(round + 1)
		j.ledger.Add(ctx, entry)
		trace.At(ctx, 1)
		time.Sleep(halfWay)
		j.mirror.Add(ctx, entry)
		trace.At(ctx, 2)
		if err := sleepContext(ctx, pause); err != nil {
			return round + 1, err
		}
	}
	return rounds, nil
}

type writeFunc func(*Journal, context.Context) (int, error)

var gracefulStop = programs(journal, map[string]writeFunc{
	"no-ctx":         (*Journal).NoCtx,
	"ctx-inside":     (*Journal).CtxInside,
	"ctx-each-round": (*Journal).CtxEachRound,
})

// journal writes into a journal of its own.
func journal(env *trace.Env, write writeFunc) Handler {
	j := &Journal{
		ledger: env.Set("ledger"),
		mirror: env.Set("mirror"),
	}
	return func(ctx context.Context, _ string) (string, error) {
		done, err := write(j, ctx)
		if err != nil {
			err = fmt.Errorf(
				"stopped after %d of %d rounds: %w",
				done, rounds, err)
		}
		return fmt.Sprintf("%d rounds", done), err
	}
}
