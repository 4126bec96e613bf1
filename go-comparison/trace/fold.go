package trace

import (
	"fmt"
	"slices"
)

// Fold is the world after all effects of these events, starting from
// nothing. It fails where an effect cannot have happened to the world
// as it was, such as removing what is not there.
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

// kinds tells which kind of place an op is for.
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
			return fmt.Errorf("it was there already")
		}
		s.items = slices.Insert(s.items, at, e.Item)
	case Remove:
		if !there {
			return fmt.Errorf("it was not there")
		}
		s.items = slices.Delete(s.items, at, at+1)
	case Push:
		s.items = append(s.items, e.Item)
	case Pop:
		if len(s.items) == 0 || s.items[0] != e.Item {
			return fmt.Errorf("it was not at the front")
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
			return fmt.Errorf("it was not there")
		}
		delete(s.values, e.Item)
	case Raise, Lower:
		if up := e.Op == Raise; s.up == up {
			return fmt.Errorf("it was so already")
		}
		s.up = !s.up
	case Change:
		if e.N == nil {
			return fmt.Errorf("it says not by how much")
		}
		s.n += *e.N
	}
	w[e.Place] = s
	return nil
}
