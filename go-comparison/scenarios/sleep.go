package scenarios

import (
	"context"
	"time"
)

// sleepContext is time.Sleep that gives up when ctx is done. It
// stands for all that takes a context and heeds it.
func sleepContext(
	ctx context.Context, d time.Duration,
) error {
	// Look first: of two ready cases, select takes any.
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
