package trace

import (
	"strings"
	"testing"
)

func effect(place string, op Op, item string) Event {
	return Event{Kind: Effect, Task: "a", Place: place, Op: op, Item: item}
}

func put(item, value string) Event {
	e := effect("map", Put, item)
	e.Value = &value
	return e
}

func change(n int64) Event {
	return Event{Kind: Effect, Task: "a", Place: "number", Op: Change, N: &n}
}

func TestFold(t *testing.T) {
	world, err := Fold([]Event{
		effect("set", Add, "y"), effect("set", Add, "x"), effect("set", Add, "z"), effect("set", Remove, "y"),
		effect("queue", Push, "y"), effect("queue", Push, "x"), effect("queue", Push, "y"), effect("queue", Pop, "y"),
		put("x", "torn"), put("x", "whole"), put("y", "whole"), effect("map", Delete, "y"),
		effect("flag", Raise, "a"), effect("flag", Lower, "a"), effect("flag", Raise, ""),
		change(5), change(-7),
		{Kind: TaskFinished, Task: "a"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := World{
		"set":    SetOf("z", "x"),
		"queue":  QueueOf("x", "y"),
		"map":    MapOf(map[string]string{"x": "whole"}),
		"flag":   FlagOf(true),
		"number": NumberOf(-2),
	}
	if err := want.SameAs(world); err != nil {
		t.Error(err)
	}
}

func TestImpossibleEffects(t *testing.T) {
	for _, c := range []struct {
		why    string
		events []Event
	}{
		{"there already", []Event{effect("set", Add, "x"), effect("set", Add, "x")}},
		{"not there", []Event{effect("set", Remove, "x")}},
		{"not at the front", []Event{effect("queue", Push, "x"), effect("queue", Push, "y"), effect("queue", Pop, "y")}},
		{"not at the front", []Event{effect("queue", Pop, "y")}},
		{"not there", []Event{effect("map", Delete, "x")}},
		{"no value", []Event{effect("map", Put, "x")}},
		{"has that state already", []Event{effect("flag", Lower, "")}},
		{"has that state already", []Event{effect("flag", Raise, ""), effect("flag", Raise, "")}},
		{"no amount", []Event{effect("number", Change, "")}},
		{"is a set", []Event{effect("x", Add, "x"), effect("x", Push, "x")}},
	} {
		if _, err := Fold(c.events); err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("got %v, want %s", err, c.why)
		}
	}
}

// A place that only one world has must be empty there.
func TestSameAs(t *testing.T) {
	full, bare := World{"s": SetOf("x")}, World{"s": SetOf()}
	for _, c := range []struct {
		one, two World
		same     bool
	}{
		{full, full, true},
		{bare, World{}, true},
		{World{}, bare, true},
		{full, World{}, false},
		{World{}, full, false},
		{full, World{"s": QueueOf("x")}, false},
	} {
		if err := c.one.SameAs(c.two); (err == nil) != c.same {
			t.Errorf("%v and %v: %v", c.one, c.two, err)
		}
	}
}
