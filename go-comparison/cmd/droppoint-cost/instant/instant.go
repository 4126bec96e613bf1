// Package instant stands in for package time where the cost of a call
// is measured: a wait takes one turn of the scheduler instead of its
// time. What a variant makes in order to wait it still makes.
package instant

import (
	"runtime"
	"time"
)

// Duration is a duration.
type Duration = time.Duration

// As in package time.
const (
	Millisecond = time.Millisecond
	Second      = time.Second
)

// Sleep lets the other goroutines run once.
func Sleep(Duration) { runtime.Gosched() }

// After is time.After, with a timer that has rung when the other
// goroutines have run once.
func After(Duration) <-chan time.Time {
	runtime.Gosched()
	return time.After(0)
}
