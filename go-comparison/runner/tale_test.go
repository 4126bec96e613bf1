package runner_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// cell is a run of any scenario: graceful-stop/no-ctx, 8ms.
func cell(t *testing.T, program, cut string) runner.Job {
	t.Helper()
	scenario, variant, _ := strings.Cut(program, "/")
	j, err := runner.NewJob(scenarios.All, scenario, variant, cut, runner.Virtual)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// tale is everything of a run but its waits: what changed and when, the
// cut, who was told what; then what there is in the end, and what is
// left. An effect of another task than the caller has its name before
// it.
func tale(run *trace.Run) string {
	var tale strings.Builder
	last := int64(-1)
	for _, e := range run.Events {
		words := eventWords(e)
		if words == "" {
			continue
		}
		if e.AtMS != last {
			fmt.Fprintf(&tale, "%d:", e.AtMS)
			last = e.AtMS
		}
		if e.Task != "a" {
			words = e.Task + "." + words
		}
		fmt.Fprintf(&tale, "%s ", words)
	}
	tale.WriteString("=")
	for _, name := range slices.Sorted(maps.Keys(run.World)) {
		if words := stateWords(run.World[name]); words != "" {
			fmt.Fprintf(&tale, " %s %s", name, words)
		}
	}
	for _, left := range run.Left {
		fmt.Fprintf(&tale, " LEFT %s", left.Name)
	}
	if run.Ending != trace.Quiet {
		fmt.Fprintf(&tale, " (%s)", run.Ending)
	}
	return tale.String()
}

func eventWords(e trace.Event) string {
	switch e.Kind {
	case trace.Effect:
		if e.N != nil {
			return fmt.Sprintf("%s%+d", e.Place, *e.N)
		}
		sign := map[trace.Op]string{
			trace.Add: "+", trace.Remove: "-", trace.Push: "<", trace.Pop: ">",
			trace.Raise: "^", trace.Lower: "_",
		}[e.Op]
		return e.Place + sign + e.Item
	case trace.CancelRequested:
		return "CUT"
	case trace.CancelNoticed:
		return "noticed"
	case trace.GoPanic:
		return fmt.Sprintf("PANIC(%s)", *e.Error)
	case trace.ProcessEnded:
		return fmt.Sprintf("EXIT(%d)", *e.Code)
	case trace.Returned:
		if e.Error != nil {
			return fmt.Sprintf("error(%s)", *e.Error)
		}
		return fmt.Sprintf("told(%s)", *e.Value)
	}
	return ""
}

func stateWords(s trace.State) string {
	switch s.Kind() {
	case "flag":
		if s.Up() {
			return "up"
		}
	case "number":
		if s.Number() != 0 {
			return fmt.Sprintf("%+d", s.Number())
		}
	default:
		return strings.Join(s.Items(), ",")
	}
	return ""
}

// cells are a program's tales, by cut.
type cells map[string]string

// testCells runs every cell and holds it against its tale.
func testCells(t *testing.T, scenario string, programs map[string]cells) {
	for variant, tales := range programs {
		for cut, want := range tales {
			t.Run(variant+" "+cut, func(t *testing.T) {
				run := do(t, cell(t, scenario+"/"+variant, cut))
				if got := tale(run); got != want {
					t.Errorf("\ngot  %s\nwant %s", got, want)
				}
			})
		}
	}
}

// merged are some programs' tales but for those of one of them.
func merged(most, own cells) cells {
	all := maps.Clone(most)
	maps.Copy(all, own)
	return all
}
