package trace

import (
	"slices"
	"testing"
)

// A receive is reported before the next event of any task, as an effect
// of the receiver.
func TestReceivesAreReportedFirst(t *testing.T) {
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

// The state is that of the channel: a message that was received after the
// last report is not in it.
func TestQueueState(t *testing.T) {
	ctx, _ := recorded(t.Context())
	q := NewEnv("").Queue("queue", 2)
	q.Send(ctx, "m1")
	q.Send(ctx, "m2")
	<-q.Chan(t.Context()) // a receiver without a task
	q.Close()
	if state, err := q.state(); err != nil || !slices.Equal(state.Items(), []string{"m2"}) {
		t.Errorf("holds %v, %v", state, err)
	}
}

// A full queue panics: its sender would wait without a report.
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
