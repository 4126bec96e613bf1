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

// Add changes the number by n.
func (p *Number) Add(ctx context.Context, n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	report(ctx, false, Event{Place: p.name, Op: Change, N: &n})
	p.n += n
}

func (p *Number) state() (State, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return NumberOf(p.n), nil
}
