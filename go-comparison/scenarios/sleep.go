package scenarios

import (
	"context"
	"time"
)

// sleepContext is time.Sleep, and returns when ctx is done. It
// stands for any call that takes a context.
func sleepContext(
	ctx context.Context, d time.Duration,
) error {
	// Of two ready cases select picks one at random.
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
