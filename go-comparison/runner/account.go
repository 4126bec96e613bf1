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

// Account writes the run for a person: what happened, line by line,
// and what there is in the end. It passes no verdict.
func Account(run *trace.Run, to io.Writer) error {
	h := run.Header
	fmt.Fprintf(to, "%s/%s, %s (Go %s, %s time)\n\n",
		h.Scenario, h.Variant, cutInWords(run), h.Runtime["go"], h.Mode)
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	for _, e := range run.Events {
		when := ""
		if h.Mode == Virtual {
			when = fmt.Sprintf("%6d ms\t", e.AtMS)
		}
		fmt.Fprintf(table, "%s%s\t%s", when, e.Task, inWords(e))
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
		fmt.Fprintf(table, "  %s\t%s\n", name, stateInWords(run.World[name]))
	}
	for _, left := range run.Left {
		fmt.Fprintf(table, "  left\t%s %s, %s\n", left.What, left.Name, left.At)
	}
	return table.Flush()
}

// endings say why the run is over, if not because all was done.
var endings = map[trace.Ending]string{
	trace.Horizon:    ", at the scenario's horizon",
	trace.Process:    " of the process",
	trace.Unrealized: ", and the cut was never reached",
}

func cutInWords(run *trace.Run) string {
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
		return "nobody cancels"
	}
}

func inWords(e trace.Event) string {
	switch e.Kind {
	case trace.TaskSpawned:
		if e.Parent != "" {
			return "starts, spawned by " + e.Parent
		}
		return "starts"
	case trace.TaskFinished:
		return "is over"
	case trace.WaitBegun:
		return fmt.Sprintf("(%d) waits", e.Step)
	case trace.WaitEnded:
		return fmt.Sprintf("(%d) goes on", e.Step)
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
		return "learns of the cancellation"
	case trace.Returned:
		if e.Error != nil {
			return "is told the error: " + *e.Error
		}
		return "is told: " + *e.Value
	case trace.GoPanic:
		return "panics: " + *e.Error
	case trace.ProcessEnded:
		return fmt.Sprintf("the process ends with code %d", *e.Code)
	default:
		return string(e.Kind)
	}
}

func stateInWords(s trace.State) string {
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
