package trace

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Test vectors of the FNV reference: "", "a", "foobar".
func TestDigest(t *testing.T) {
	for text, want := range map[string]string{
		"": "811c9dc5", "a": "e40c292c", "foobar": "bf9cf968",
	} {
		if got := Digest([]byte(text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func recorded(ctx context.Context) (context.Context, *Recorder) {
	rec := NewRecorder(func() int64 { return 0 }, nil)
	return WithTask(ctx, rec, "a"), rec
}

// summary is one word for each event.
func summary(events []Event) string {
	var words []string
	for _, e := range events {
		word := e.Task + ":" + string(e.Kind)
		if e.Kind == Effect {
			word = e.Task + ":" + string(e.Op) + e.Item
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func TestAt(t *testing.T) {
	At(t.Context(), 1) // no task, as in a server: it does nothing
	ctx, rec := recorded(t.Context())
	At(ctx, 1)
	At(ctx, 3)
	rec.Answer("a", "done", nil)
	At(ctx, 4)
	events := rec.Close()
	At(ctx, 5) // after the end: not recorded
	if again := rec.Close(); len(again) != len(events) {
		t.Errorf("recorded after the end: %s", summary(again[len(events):]))
	}
	want := "a:wait-begun a:wait-ended a:wait-begun a:wait-ended a:returned a:task-finished a:wait-begun"
	if got := summary(events); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !strings.HasPrefix(events[0].Src, "trace_test.go:") || events[1].Step != 1 || events[3].Step != 3 {
		t.Errorf("%+v", events)
	}
}

// A client that has left gets no answer, and an error that wraps that of
// the cancellation counts as noticing it.
func TestAnswer(t *testing.T) {
	_, rec := recorded(t.Context())
	rec.RequestCancel("a", true)
	rec.Answer("a", "", errors.Join(context.Canceled, errors.New("and more")))
	rec.Answer("b", "", errors.New("full"))
	want := "a:cancel-requested a:cancel-noticed a:task-finished b:returned b:task-finished"
	if got := summary(rec.Close()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, rec := recorded(t.Context())
		for range 2 {
			Go(ctx, func(ctx context.Context) {
				At(ctx, 1)
				Go(ctx, func(context.Context) {})
			})
			synctest.Wait()
		}
		ran := false
		Go(context.Background(), func(context.Context) { ran = true })
		synctest.Wait()
		want := "a.1:task-spawned a.1:wait-begun a.1.1:task-spawned a.1.1:task-finished a.1:wait-ended a.1:task-finished " +
			"a.2:task-spawned a.2:wait-begun a.2.1:task-spawned a.2.1:task-finished a.2:wait-ended a.2:task-finished"
		got := strings.Fields(summary(rec.Close()))
		// A child and its parent end at the same instant, in any order.
		slices.Sort(got)
		sorted := strings.Fields(want)
		slices.Sort(sorted)
		if !slices.Equal(got, sorted) || !ran {
			t.Errorf("got  %s\nwant %s", got, sorted)
		}
	})
}

// The cut comes right after the second effect of a and its children;
// effects of other tasks do not count.
func TestCutAfter(t *testing.T) {
	ctx, rec := recorded(t.Context())
	cuts := 0
	rec.CutAfter(2, "a", true, func() { cuts++ })
	set := NewEnv("").Set("set")
	set.Add(ctx, "1")
	set.Add(WithTask(ctx, rec, "b"), "2")
	set.Add(WithTask(ctx, rec, "a.1"), "3")
	set.Add(ctx, "4")
	if got := summary(rec.Close()); cuts != 1 || rec.CutPending() ||
		got != "a:add1 b:add2 a.1:add3 a:cancel-requested a:add4" {
		t.Errorf("%d cuts: %s", cuts, got)
	}
}

func TestSet(t *testing.T) {
	ctx, rec := recorded(t.Context())
	env := NewEnv("")
	set := env.Set("set")
	set.Add(ctx, "y")
	set.Add(ctx, "x")
	set.Add(ctx, "x") // no change, no effect
	set.Remove(ctx, "y")
	set.Remove(ctx, "y")
	if got := summary(rec.Close()); got != "a:addy a:addx a:removey" || set.Len() != 1 {
		t.Error(got)
	}
}

// A change that a task makes by itself ends its wait; one that it waited
// for is reported before the wait ends.
func TestEndOfWaits(t *testing.T) {
	ctx, rec := recorded(t.Context())
	env := NewEnv("")
	set := env.Set("set")
	set.Add(ctx, "x")
	At(ctx, 1)
	set.Remove(ctx, "x")
	At(ctx, 2)
	unlock := env.Lock("lock").Lock(ctx)
	At(ctx, 3)
	unlock()
	want := "a:addx a:wait-begun a:wait-ended a:removex " +
		"a:wait-begun a:raisea a:wait-ended a:wait-begun a:wait-ended a:lowera"
	if got := summary(rec.Close()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// runtime.Goexit ends a task as a return does.
func TestGoexit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, rec := recorded(t.Context())
		Go(ctx, func(context.Context) { runtime.Goexit() })
		synctest.Wait()
		if got := summary(rec.Close()); got != "a.1:task-spawned a.1:task-finished" {
			t.Error(got)
		}
	})
}
