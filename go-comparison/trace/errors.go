package trace

import (
	"context"
	"errors"
)

// Errors makes errors that are tracked, so that a lost one is found: an
// error is added to the place made when it is made, and to the place taken
// when a caller receives it.
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

// Take reports that a caller has received this error, which may wrap one
// that was made. The driver calls it, not the program.
func Take(ctx context.Context, err error) {
	var m *made
	if errors.As(err, &m) {
		m.taken.Add(ctx, m.text)
	}
}
