package trace

import (
	"fmt"
	"slices"
)

// Fold returns the world after all effects of these events, starting from an
// empty one. It fails at an effect that is impossible in the world as it
// is, such as the removal of an item that is not there.
func Fold(events []Event) (World, error) {
	w := World{}
	for _, e := range events {
		if e.Kind != Effect {
			continue
		}
		if err := w.apply(e); err != nil {
			return nil, fmt.Errorf("event %d: %s of %q on %q: %w",
				e.Seq, e.Op, e.Item, e.Place, err)
		}
	}
	return w, nil
}

// kinds are the kinds of place that the ops are for.
var kinds = map[Op]string{
	Add: "set", Remove: "set",
	Push: "queue", Pop: "queue",
	Put: "map", Delete: "map",
	Raise: "flag", Lower: "flag",
	Change: "number",
}

func (w World) apply(e Event) error {
	s, known := w[e.Place]
	if !known {
		s = State{kind: kinds[e.Op]}
	}
	if s.kind != kinds[e.Op] {
		return fmt.Errorf("this place is a %s", s.kind)
	}
	at, there := slices.BinarySearch(s.items, e.Item)
	switch e.Op {
	case Add:
		if there {
			return fmt.Errorf("it is there already")
		}
		s.items = slices.Insert(s.items, at, e.Item)
	case Remove:
		if !there {
			return fmt.Errorf("it is not there")
		}
		s.items = slices.Delete(s.items, at, at+1)
	case Push:
		s.items = append(s.items, e.Item)
	case Pop:
		if len(s.items) == 0 || s.items[0] != e.Item {
			return fmt.Errorf("it is not at the front")
		}
		s.items = s.items[1:]
	case Put:
		if e.Value == nil {
			return fmt.Errorf("it has no value")
		}
		if s.values == nil {
			s.values = map[string]string{}
		}
		s.values[e.Item] = *e.Value
	case Delete:
		if _, there := s.values[e.Item]; !there {
			return fmt.Errorf("it is not there")
		}
		delete(s.values, e.Item)
	case Raise, Lower:
		if up := e.Op == Raise; s.up == up {
			return fmt.Errorf("the flag has that state already")
		}
		s.up = !s.up
	case Change:
		if e.N == nil {
			return fmt.Errorf("it has no amount")
		}
		s.n += *e.N
	}
	w[e.Place] = s
	return nil
}
