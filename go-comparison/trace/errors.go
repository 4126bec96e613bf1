package trace

import (
	"context"
	"errors"
)

// Errors makes errors that are seen to get lost: one is in the place
// made from where it arises, and in the place taken as soon as it has
// reached a caller, however it got there.
type Errors struct{ made, taken *Set }

// New makes an error.
func (e *Errors) New(ctx context.Context, text string) error {
	e.made.Add(ctx, text)
	return &made{text, e.taken}
}

type made struct {
	text  string
	taken *Set
}

func (m *made) Error() string { return m.text }

// Take says that a caller has been given this error, which may wrap
// one that was made. The driver says so, not the program: an answer is
// what a caller receives.
func Take(ctx context.Context, err error) {
	var m *made
	if errors.As(err, &m) {
		m.taken.Add(ctx, m.text)
	}
}
