package trace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
)

type headerLine struct {
	Kind Kind `json:"kind"`
	Header
}

type endLine struct {
	Kind   Kind                      `json:"kind"`
	Events int                       `json:"events"`
	Digest string                    `json:"digest"`
	Ending Ending                    `json:"ending"`
	World  map[string]map[string]any `json:"world"`
	Left   []Leftover                `json:"left"`
}

type errorLine struct {
	Kind    Kind   `json:"kind"`
	Message string `json:"message"`
}

// WriteTo writes the run as NDJSON: header, events, end.
func (r *Run) WriteTo(to io.Writer) (int64, error) {
	lines := bytes.Buffer{}
	out := newEncoder(&lines)
	if err := out.Encode(headerLine{"run", r.Header}); err != nil {
		return 0, err
	}
	begin := lines.Len()
	for _, e := range r.Events {
		e.Awaited = false // in no run
		if err := out.Encode(e); err != nil {
			return 0, err
		}
	}
	end := endLine{
		Kind:   "end",
		Events: len(r.Events),
		Digest: Digest(lines.Bytes()[begin:]),
		Ending: r.Ending,
		World:  map[string]map[string]any{},
		Left:   append([]Leftover{}, r.Left...), // without any it is [], not null
	}
	for name, state := range r.World {
		end.World[name] = map[string]any{state.kind: state.value()}
	}
	if err := out.Encode(end); err != nil {
		return 0, err
	}
	return lines.WriteTo(to)
}

// WriteError writes the answer to a request that cannot be met.
func WriteError(to io.Writer, message string) error {
	return newEncoder(to).Encode(errorLine{"error", message})
}

// newEncoder makes an encoder that writes < as <.
func newEncoder(to io.Writer) *json.Encoder {
	out := json.NewEncoder(to)
	out.SetEscapeHTML(false)
	return out
}

// Digest returns FNV-1a over the bytes, 32 bits in eight hex digits. It
// guards against accidents: a line cut short, two lines swapped.
func Digest(lines []byte) string {
	h := fnv.New32a()
	_, _ = h.Write(lines) // a hash never fails
	return fmt.Sprintf("%08x", h.Sum32())
}
