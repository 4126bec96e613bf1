package trace

import (
	"context"
	"sync"
)

// Queue is a channel of messages that reports when one is received.
//
// Its receiver has the channel itself, and may range over it, select on
// it or receive from it. That cannot be intercepted, and a goroutine
// between the channel and the receiver would hold a message that is in
// neither. So the queue remembers what was sent, in order, and compares
// that with the length of the channel: what is no longer in the channel
// was received.
//
// It compares before anything else is reported, and before the driver
// cuts or ends the run. So no event can come between the receive and its
// report. The instant is right as well: time goes on only when all
// goroutines wait, and a receiver calls At before it waits.
type Queue struct {
	name  string
	items chan string

	mu       sync.Mutex
	known    []string // what was in it when it was last checked
	receiver task
}

// Send sends a message. The queue must have room for it.
func (q *Queue) Send(ctx context.Context, item string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.reportReceived()
	if len(q.items) == cap(q.items) {
		panic("trace: queue " + q.name + " is full")
	}
	if t, ok := taskOf(ctx); ok {
		t.rec.effect(Event{Task: t.name, Place: q.name, Op: Push, Item: item}, false)
	}
	q.known = append(q.known, item)
	q.items <- item
}

// Close closes the channel.
func (q *Queue) Close() { close(q.items) }

// Chan returns the channel to receive from. Only the task of this context may
// receive: what is received is reported as its effect.
func (q *Queue) Chan(ctx context.Context) <-chan string {
	if t, ok := taskOf(ctx); ok {
		q.mu.Lock()
		q.receiver = t
		q.mu.Unlock()
		t.rec.addQueue(q)
	}
	return q.items
}

// check reports what was received since the last check.
func (q *Queue) check() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.reportReceived()
}

func (q *Queue) reportReceived() {
	for len(q.known) > len(q.items) {
		t := q.receiver
		// It may have ended the receiver's wait, or come later: the
		// wait stays open until the receiver itself reports.
		t.rec.effect(Event{Task: t.name, Place: q.name, Op: Pop, Item: q.known[0]}, true)
		q.known = q.known[1:]
	}
}

// state asks the channel how many messages there are. They are those
// that were sent last, since a channel is first in, first out.
func (q *Queue) state() (State, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.items), len(q.known))
	return QueueOf(q.known[len(q.known)-n:]...), nil
}
