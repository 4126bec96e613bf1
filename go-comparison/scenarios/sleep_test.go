package scenarios

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

// Whoever has left does not get past a wait that is over just then.
// select alone would let half of them through.
func TestSleepContextLooksFirst(t *testing.T) {
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
