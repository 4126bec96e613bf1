package trace

import (
	"context"
	"sync"
)

// Queue is a channel of messages that says when one leaves it.
//
// Its receiver has the channel itself, and may do with it what Go does
// with channels: range, select, receive. Nothing can be hooked into
// that, and a goroutine between the channel and the receiver would hold
// a message that is in neither. So the queue remembers what it was
// given, in order, and compares that with the length of the channel:
// what the channel has no more has left it.
//
// It looks before anybody reports anything, and before the driver cuts
// or ends the run. So no event can come between the leaving and its
// report. The instant is true, too: time goes on only when all
// goroutines wait, and a receiver says At before it waits.
type Queue struct {
	name  string
	items chan string

	mu       sync.Mutex
	known    []string // what was in it at the last look
	receiver task
}

// Send puts a message into the queue, which has room for it.
func (q *Queue) Send(ctx context.Context, item string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.leave()
	if len(q.items) == cap(q.items) {
		panic("trace: queue " + q.name + " is full")
	}
	if t, ok := taskOf(ctx); ok {
		t.rec.effect(Event{Task: t.name, Place: q.name, Op: Push, Item: item}, false)
	}
	q.known = append(q.known, item)
	q.items <- item
}

// Close says that nothing more will be sent.
func (q *Queue) Close() { close(q.items) }

// Chan is the channel to receive from, for the task of this context
// alone: what leaves the queue is put down to it.
func (q *Queue) Chan(ctx context.Context) <-chan string {
	if t, ok := taskOf(ctx); ok {
		q.mu.Lock()
		q.receiver = t
		q.mu.Unlock()
		t.rec.watch(q)
	}
	return q.items
}

// look reports what has left the queue since the last look.
func (q *Queue) look() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.leave()
}

func (q *Queue) leave() {
	for len(q.known) > len(q.items) {
		t := q.receiver
		// Whoever looks, it is the receiver's, and may end its wait.
		t.rec.effect(Event{Task: t.name, Place: q.name, Op: Pop, Item: q.known[0]}, true)
		q.known = q.known[1:]
	}
}

// state asks the channel how many there are. They are the ones that
// were sent last, since a channel is first in, first out.
func (q *Queue) state() (State, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.items), len(q.known))
	return QueueOf(q.known[len(q.known)-n:]...), nil
}
