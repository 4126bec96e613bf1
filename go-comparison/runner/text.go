package runner

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"droppoint.dev/go-comparison/trace"
)

// WriteText writes the run for a person: the events, a line each, and the
// world in the end. It does not judge.
func WriteText(run *trace.Run, to io.Writer) error {
	h := run.Header
	fmt.Fprintf(to, "%s/%s, %s (Go %s, %s time)\n\n",
		h.Scenario, h.Variant, cutText(run), h.Runtime["go"], h.Mode)
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	for _, e := range run.Events {
		when := ""
		if h.Mode == Virtual {
			when = fmt.Sprintf("%6d ms\t", e.AtMS)
		}
		fmt.Fprintf(table, "%s%s\t%s", when, e.Task, eventText(e))
		if e.Src != "" {
			fmt.Fprintf(table, "\t%s", e.Src)
		}
		fmt.Fprintln(table)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(to, "\nIn the end%s\n", endings[run.Ending])
	table = tabwriter.NewWriter(to, 2, 0, 2, ' ', 0)
	for _, name := range slices.Sorted(maps.Keys(run.World)) {
		fmt.Fprintf(table, "  %s\t%s\n", name, stateText(run.World[name]))
	}
	for _, left := range run.Left {
		fmt.Fprintf(table, "  left\t%s %s, %s\n", left.What, left.Name, left.At)
	}
	return table.Flush()
}

// endings say why the run has ended, unless all calls have returned.
var endings = map[trace.Ending]string{
	trace.Horizon:    ", at the scenario's horizon",
	trace.Process:    " of the process",
	trace.Unrealized: ", and the cut was never reached",
}

func cutText(run *trace.Run) string {
	cut, err := ParseCut(run.Header.Cut)
	if err != nil {
		return run.Header.Cut
	}
	who := map[string]string{
		"client":     "the client leaves",
		"in-process": "the caller cancels",
		"inside":     "the event fires",
	}[run.Header.Who]
	switch cut.kind {
	case atOnce:
		return who + " at once"
	case atInstant:
		return fmt.Sprintf("%s at %d ms", who, cut.n)
	case afterEffect:
		return fmt.Sprintf("%s after effect %d", who, cut.n)
	default:
		return "without a cut"
	}
}

func eventText(e trace.Event) string {
	switch e.Kind {
	case trace.TaskSpawned:
		if e.Parent != "" {
			return "starts, spawned by " + e.Parent
		}
		return "starts"
	case trace.TaskFinished:
		return "finishes"
	case trace.WaitBegun:
		return fmt.Sprintf("(%d) wait begins", e.Step)
	case trace.WaitEnded:
		return fmt.Sprintf("(%d) wait ends", e.Step)
	case trace.Effect:
		words := []string{e.Place + ":", string(e.Op)}
		if e.Item != "" {
			words = append(words, e.Item)
		}
		if e.Value != nil {
			words = append(words, *e.Value)
		}
		if e.N != nil {
			words = append(words, fmt.Sprintf("%+d", *e.N))
		}
		return strings.Join(words, " ")
	case trace.CancelRequested:
		return "-- cut --"
	case trace.CancelNoticed:
		return "notices the cancellation"
	case trace.Returned:
		if e.Error != nil {
			return "returns the error: " + *e.Error
		}
		return "returns: " + *e.Value
	case trace.GoPanic:
		return "panics: " + *e.Error
	case trace.ProcessEnded:
		return fmt.Sprintf("the process ends with code %d", *e.Code)
	default:
		return string(e.Kind)
	}
}

func stateText(s trace.State) string {
	switch s.Kind() {
	case "flag":
		if s.Up() {
			return "up"
		}
		return "down"
	case "number":
		return fmt.Sprint(s.Number())
	}
	items := s.Items()
	if len(items) == 0 {
		return "empty"
	}
	if s.Kind() == "map" {
		for i, item := range items {
			items[i] = item + " " + s.Value(item)
		}
	}
	return strings.Join(items, ", ")
}
