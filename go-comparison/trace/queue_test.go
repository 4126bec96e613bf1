package trace

import (
	"slices"
	"testing"
)

// What leaves the channel is reported before anything else is, whoever
// reports that, and put down to the receiver.
func TestQueueReportsFirst(t *testing.T) {
	sender, rec := recorded(t.Context())
	receiver := WithTask(t.Context(), rec, "b")
	q := NewEnv("").Queue("queue", 3)
	messages := q.Chan(receiver)
	q.Send(sender, "m1")
	q.Send(sender, "m2")
	At(receiver, 1)
	if m := <-messages; m != "m1" {
		t.Fatalf("got %s", m)
	}
	At(sender, 2)
	<-messages
	q.Send(sender, "m3")
	if state, err := q.state(); err != nil || !state.Equal(QueueOf("m3")) {
		t.Errorf("holds %v, %v", state, err)
	}
	<-messages
	want := "a:pushm1 a:pushm2 b:wait-begun b:popm1 a:wait-begun b:popm2 a:wait-ended a:pushm3 b:popm3"
	if got := summary(rec.Close()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The world is asked of the channel: a message that was taken after the
// last report is in it no more.
func TestQueueState(t *testing.T) {
	ctx, _ := recorded(t.Context())
	q := NewEnv("").Queue("queue", 2)
	q.Send(ctx, "m1")
	q.Send(ctx, "m2")
	<-q.Chan(t.Context()) // nobody whom it could be put down to
	q.Close()
	if state, err := q.state(); err != nil || !slices.Equal(state.Items(), []string{"m2"}) {
		t.Errorf("holds %v, %v", state, err)
	}
}

// There is always room, or whoever sends would wait in secret.
func TestQueueFull(t *testing.T) {
	defer func() {
		if p := recover(); p != "trace: queue queue is full" {
			t.Errorf("recovered %v", p)
		}
	}()
	q := NewEnv("").Queue("queue", 1)
	q.Send(t.Context(), "m1")
	q.Send(t.Context(), "m2")
}
