package trace

import (
	"fmt"
	"maps"
	"slices"
)

// World is the state of all places, by name.
type World map[string]State

// State is what is in one place: a set, a queue, a map, a flag or a
// number.
type State struct {
	kind   string
	items  []string // of a set (sorted) or a queue (in order)
	values map[string]string
	up     bool
	n      int64
}

// SetOf returns a set of these items.
func SetOf(items ...string) State {
	return State{kind: "set", items: slices.Sorted(slices.Values(items))}
}

// QueueOf returns a queue of these items in this order.
func QueueOf(items ...string) State {
	return State{kind: "queue", items: slices.Clone(items)}
}

// MapOf returns a map with these values.
func MapOf(values map[string]string) State {
	return State{kind: "map", values: maps.Clone(values)}
}

// FlagOf returns a flag that is up or down.
func FlagOf(up bool) State { return State{kind: "flag", up: up} }

// NumberOf returns a number.
func NumberOf(n int64) State { return State{kind: "number", n: n} }

// String returns the state as messages show it.
func (s State) String() string { return fmt.Sprintf("%s %v", s.kind, s.value()) }

func (s State) value() any {
	switch s.kind {
	case "set", "queue":
		return append([]string{}, s.items...) // an empty one is [], not null
	case "map":
		return maps.Collect(maps.All(s.values))
	case "flag":
		return s.up
	default:
		return s.n
	}
}

// Kind returns set, queue, map, flag or number.
func (s State) Kind() string { return s.kind }

// Items returns the items of a set or a queue, or the sorted keys of a map.
func (s State) Items() []string {
	if s.kind == "map" {
		return slices.Sorted(maps.Keys(s.values))
	}
	return slices.Clone(s.items)
}

// Value returns the value of a key of a map.
func (s State) Value(item string) string { return s.values[item] }

// Up reports whether a flag is up.
func (s State) Up() bool { return s.up }

// Number returns the value of a number.
func (s State) Number() int64 { return s.n }

// Equal reports whether both are of one kind and hold the same.
func (s State) Equal(t State) bool {
	return s.kind == t.kind && slices.Equal(s.items, t.items) &&
		maps.Equal(s.values, t.values) && s.up == t.up && s.n == t.n
}

func (s State) empty() bool {
	return len(s.items) == 0 && len(s.values) == 0 && !s.up && s.n == 0
}

// SameAs returns an error that names the first place in which the two
// worlds differ. A place that only one of them has must be empty: effects
// name only the places that have changed.
func (w World) SameAs(folded World) error {
	names := slices.Collect(maps.Keys(w))
	names = slices.AppendSeq(names, maps.Keys(folded))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		one, inOne := w[name]
		two, inTwo := folded[name]
		same := one.Equal(two)
		if !inOne || !inTwo {
			same = one.empty() && two.empty()
		}
		if !same {
			return fmt.Errorf("%q is %v, but the effects add up to %v", name, one, two)
		}
	}
	return nil
}
