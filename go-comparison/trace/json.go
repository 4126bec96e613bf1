package trace

import (
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// The lines are written by hand, since encoding/json would be a seventh
// of what a browser has to load. A test holds them against it.

// object is JSON that is being written: an object, field by field.
type object []byte

func (o *object) key(name string) {
	if last := len(*o) - 1; (*o)[last] != '{' {
		*o = append(*o, ',')
	}
	*o = append(appendText(*o, name), ':')
}

func (o *object) text(name, value string) {
	o.key(name)
	*o = appendText(*o, value)
}

func (o *object) number(name string, value int64) {
	o.key(name)
	*o = strconv.AppendInt(*o, value, 10)
}

// some writes a text unless it is empty.
func (o *object) some(name, value string) {
	if value != "" {
		o.text(name, value)
	}
}

// maybe writes a text, which may be empty, if there is one.
func (o *object) maybe(name string, value *string) {
	if value != nil {
		o.text(name, *value)
	}
}

func (o *object) texts(name string, values map[string]string) {
	o.key(name)
	*o = append(*o, '{')
	for _, key := range slices.Sorted(maps.Keys(values)) {
		o.text(key, values[key])
	}
	o.end()
}

func (o *object) end() { *o = append(*o, '}') }

func (h Header) appendTo(b []byte) []byte {
	o := object(append(b, '{'))
	o.text("kind", "run")
	o.number("schema", int64(h.Schema))
	o.text("language", h.Language)
	o.texts("runtime", h.Runtime)
	o.text("scenario", h.Scenario)
	o.text("variant", h.Variant)
	o.text("who", h.Who)
	o.text("mode", h.Mode)
	o.text("cut", h.Cut)
	return append(o, '}')
}

func (e Event) appendTo(b []byte) []byte {
	o := object(append(b, '{'))
	o.number("seq", int64(e.Seq))
	o.number("at_ms", e.AtMS)
	o.text("task", e.Task)
	o.text("kind", string(e.Kind))
	o.some("parent", e.Parent)
	if e.Step != 0 {
		o.number("step", int64(e.Step))
	}
	o.some("src", e.Src)
	o.some("place", e.Place)
	o.some("op", string(e.Op))
	o.some("item", e.Item)
	o.maybe("value", e.Value)
	if e.N != nil {
		o.number("n", *e.N)
	}
	o.maybe("error", e.Error)
	if e.Code != nil {
		o.number("code", *e.Code)
	}
	return append(o, '}')
}

// appendEnd writes what follows the events.
func (r *Run) appendEnd(b []byte, digest string) []byte {
	o := object(append(b, '{'))
	o.text("kind", "end")
	o.number("events", int64(len(r.Events)))
	o.text("digest", digest)
	o.text("ending", string(r.Ending))
	o.key("world")
	o = append(o, '{')
	for _, name := range slices.Sorted(maps.Keys(r.World)) {
		o.key(name)
		o = r.World[name].appendTo(o)
	}
	o.end()
	o.key("left")
	o = append(o, '[')
	for i, left := range r.Left {
		if i > 0 {
			o = append(o, ',')
		}
		o = append(o, '{')
		o.text("what", left.What)
		o.text("name", left.Name)
		o.some("at", left.At)
		o.end()
	}
	return append(o, "]}"...)
}

// appendTo writes the state as {"set":["a"]} and the like.
func (s State) appendTo(b []byte) []byte {
	o := object(append(b, '{'))
	switch s.kind {
	case "set", "queue":
		o.key(s.kind)
		o = append(o, '[')
		for i, item := range s.items {
			if i > 0 {
				o = append(o, ',')
			}
			o = appendText(o, item)
		}
		o = append(o, ']')
	case "map":
		o.texts(s.kind, s.values)
	case "flag":
		o.key(s.kind)
		o = strconv.AppendBool(o, s.up)
	default:
		o.number(s.kind, s.n)
	}
	return append(o, '}')
}

// ErrorLine is the answer to a request that cannot be met.
func ErrorLine(message string) []byte {
	o := object("{")
	o.text("kind", "error")
	o.text("message", message)
	return append(o, "}\n"...)
}

// appendText writes a text in quotes; what is not UTF-8 becomes U+FFFD.
func appendText(b []byte, text string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, `\u00`...)
			b = append(b, hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
