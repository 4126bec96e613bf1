package trace

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/sync/semaphore"
)

// Env makes the places of a program's world. Every place that it made is
// asked for its state at the end.
type Env struct {
	dir    string
	fired  chan struct{}
	places map[string]place
	others []Other
}

// Other is a task of the world around a program, such as a sender.
type Other struct {
	Name string
	Run  func(context.Context)
}

// place is a place of the world.
type place interface{ state() (State, error) }

// NewEnv makes the Env of one run: in virtual time, or on a real disk if
// dir names a directory.
func NewEnv(dir string) *Env {
	return &Env{dir: dir, fired: make(chan struct{}), places: map[string]place{}}
}

// Real reports whether the run is on the real clock and a real disk.
func (e *Env) Real() bool { return e.dir != "" }

// Text returns what clients upload: 1 MiB on a real disk.
func (e *Env) Text() string {
	if e.Real() {
		return strings.Repeat("what a client uploads, 32 bytes\n", 1<<15)
	}
	return "what a client uploads"
}

// Event returns a channel that is closed at the cut of a scenario that is
// cut from inside.
func (e *Env) Event() <-chan struct{} { return e.fired }

// Fire makes the event happen. The driver calls it.
func (e *Env) Fire() { close(e.fired) }

// NotifyContext is signal.NotifyContext with the event instead of a
// signal: no real signal comes at an instant of virtual time.
func (e *Env) NotifyContext(parent context.Context) (ctx context.Context, stop context.CancelFunc) {
	ctx, stop = context.WithCancel(parent)
	select {
	case <-e.fired: // before the program began
		stop()
	default:
		go func() {
			select {
			case <-e.fired:
				stop()
			case <-ctx.Done():
			}
		}()
	}
	return ctx, stop
}

// Other makes a task of the world. It starts before the program and is
// never cut.
func (e *Env) Other(name string, run func(context.Context)) {
	e.others = append(e.others, Other{name, run})
}

// Others returns the tasks of the world, in the order in which they start.
func (e *Env) Others() []Other { return e.others }

// Lock makes a place that is a lock.
func (e *Env) Lock(name string) *Lock {
	l := &Lock{name: name, sem: semaphore.NewWeighted(1)}
	e.places[name] = l
	return l
}

// Set makes a place that is a set of names.
func (e *Env) Set(name string) *Set {
	s := &Set{name: name, items: map[string]struct{}{}}
	e.places[name] = s
	return s
}

// Number makes a place that is a number, 0 at first.
func (e *Env) Number(name string) *Number {
	n := &Number{name: name}
	e.places[name] = n
	return n
}

// Flag makes a place that is a flag, down at first.
func (e *Env) Flag(name string) *Flag {
	f := &Flag{name: name}
	e.places[name] = f
	return f
}

// Queue makes a place that is a channel with room for this many.
func (e *Env) Queue(name string, room int) *Queue {
	q := &Queue{name: name, items: make(chan string, room)}
	e.places[name] = q
	return q
}

// Errors makes the two places made and taken.
func (e *Env) Errors() *Errors {
	return &Errors{made: e.Set("made"), taken: e.Set("taken")}
}

// Disk makes a place that is a folder of files.
func (e *Env) Disk(name string) *Disk {
	var in files = &memory{texts: map[string]string{}}
	if e.Real() {
		in = newDirectory(e.dir, e.Text())
	}
	d := &Disk{name: name, files: in}
	e.places[name] = d
	return d
}

// World returns the state of every place. Each place is asked for it: it is
// not computed from the recorded effects.
func (e *Env) World() (World, error) {
	w := World{}
	for name, p := range e.places {
		state, err := p.state()
		if err != nil {
			return nil, fmt.Errorf("place %s: %w", name, err)
		}
		w[name] = state
	}
	return w, nil
}
