package scenarios

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

// A context that is done wins over a wait that is over at the same instant.
// select alone would pick one of the two at random.
func TestSleepContextChecksFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 100 {
			if err := sleepContext(ctx, 0); !errors.Is(err, context.Canceled) {
				t.Fatalf("got %v", err)
			}
		}
	})
}
