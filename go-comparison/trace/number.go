package trace

import (
	"context"
	"sync"
)

// Number is an amount that goes up and down, such as an account.
type Number struct {
	name string
	mu   sync.Mutex
	n    int64
}

// Add changes the number by delta.
func (n *Number) Add(ctx context.Context, delta int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	report(ctx, false, Event{Place: n.name, Op: Change, N: &delta})
	n.n += delta
}

func (n *Number) state() (State, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return NumberOf(n.n), nil
}
