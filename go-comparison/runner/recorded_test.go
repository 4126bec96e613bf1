package runner_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"testing"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// recordedVariant is what a recording has of one program: the uncut run,
// and a cell for each cut.
type recordedVariant struct {
	Variant string         `json:"variant"`
	Uncut   *recordedRun   `json:"uncut"`
	Cells   []recordedCell `json:"cells"`
}

type recordedRun struct {
	Events []trace.Event `json:"events"`
	End    struct {
		Ending trace.Ending     `json:"ending"`
		World  json.RawMessage  `json:"world"`
		Left   []trace.Leftover `json:"left"`
	} `json:"end"`
}

type recordedCell struct {
	Cut   string        `json:"cut"`
	Facts recordedFacts `json:"facts"`
	// Outcomes are all that came out, where Go itself chooses.
	Outcomes []struct {
		Facts recordedFacts `json:"facts"`
	} `json:"outcomes"`
}

// recordedFacts are those facts of a run that need no judge.
type recordedFacts struct {
	EffectsAfter []trace.Event    `json:"effects_after"`
	Told         json.RawMessage  `json:"told"`
	World        json.RawMessage  `json:"world"`
	Left         []trace.Leftover `json:"left"`
}

// recorded is the recording of a program. A new one has none yet.
func recorded(t *testing.T, scenario, variant string) (v recordedVariant) {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("../../recordings/%s.go.json", scenario))
	if errors.Is(err, fs.ErrNotExist) {
		return v
	}
	if err != nil {
		t.Fatal(err)
	}
	var recording struct {
		Variants []recordedVariant `json:"variants"`
	}
	if err := json.Unmarshal(text, &recording); err != nil {
		t.Fatalf("the recording of %s: %v", scenario, err)
	}
	for _, v := range recording.Variants {
		if v.Variant == variant {
			return v
		}
	}
	return v
}

// Every program does what was recorded: uncut, event by event; under
// each cut, by its effects after the cut, its answer, the world and what
// is left.
func TestRecorded(t *testing.T) {
	cells := 0
	for _, s := range scenarios.All {
		for _, v := range s.Variants {
			recording := recorded(t, s.ID, v.Name)
			if recording.Uncut == nil {
				t.Logf("%s/%s is not recorded", s.ID, v.Name)
				continue
			}
			t.Run(s.ID+"/"+v.Name, func(t *testing.T) {
				testUncut(t, do(t, cell(t, s.ID, v.Name, "none")), *recording.Uncut)
			})
			for _, c := range recording.Cells {
				cells++
				t.Run(s.ID+"/"+v.Name+" "+c.Cut, func(t *testing.T) {
					want := []recordedFacts{c.Facts}
					if len(c.Outcomes) > 0 {
						want = nil
					}
					for _, outcome := range c.Outcomes {
						want = append(want, outcome.Facts)
					}
					testCut(t, do(t, cell(t, s.ID, v.Name, c.Cut)), want)
				})
			}
		}
	}
	if cells == 0 {
		t.Error("nothing was compared")
	}
}

func testUncut(t *testing.T, run *trace.Run, want recordedRun) {
	if got := normalised(run.Events); !reflect.DeepEqual(got, want.Events) {
		t.Errorf("events\ngot  %s\nwant %s", asJSON(t, got), asJSON(t, want.Events))
	}
	if run.Ending != want.End.Ending {
		t.Errorf("ending: got %s, want %s", run.Ending, want.End.Ending)
	}
	if got := worldOf(t, run); !sameJSON(t, got, want.End.World) {
		t.Errorf("world\ngot  %s\nwant %s", got, want.End.World)
	}
	if got := withoutLines(run.Left); !slices.Equal(got, want.End.Left) {
		t.Errorf("left\ngot  %v\nwant %v", got, want.End.Left)
	}
}

func testCut(t *testing.T, run *trace.Run, want []recordedFacts) {
	effects, told, left := effectsAfter(run), answerOf(t, run), withoutLines(run.Left)
	same := func(f recordedFacts) bool {
		return reflect.DeepEqual(effects, f.EffectsAfter) && sameJSON(t, told, f.Told) &&
			sameJSON(t, worldOf(t, run), f.World) && slices.Equal(left, f.Left)
	}
	if !slices.ContainsFunc(want, same) {
		t.Errorf("got  %s, answer %s, world %s, left %v\nwant %s",
			asJSON(t, effects), told, worldOf(t, run), left, asJSON(t, want))
	}
}

// effectsAfter are those of the caller and its tasks after the cut.
func effectsAfter(run *trace.Run) []trace.Event {
	found := []trace.Event{}
	caller := ""
	for _, e := range run.Events {
		switch {
		case e.Kind == trace.CancelRequested:
			caller = e.Task
		case caller != "" && e.Kind == trace.Effect && trace.Family(e.Task) == caller:
			e.Kind, e.Seq = "", 0
			found = append(found, e)
		}
	}
	return found
}

// answerOf is the answer of the caller, as recordings have it.
func answerOf(t *testing.T, run *trace.Run) []byte {
	cut := false
	for _, e := range run.Events {
		cut = cut || e.Kind == trace.CancelRequested
		if e.Task != "a" || e.Kind != trace.Returned {
			continue
		}
		if e.Error != nil {
			return asJSON(t, map[string]string{"error": *e.Error})
		}
		return asJSON(t, map[string]string{"value": *e.Value})
	}
	if cut && run.Header.Who == string(scenarios.Client) {
		return []byte(`"gone"`)
	}
	return []byte(`"nothing"`)
}

func withoutLines(left []trace.Leftover) []trace.Leftover {
	left = slices.Clone(left)
	for i := range left {
		left[i].At = ""
	}
	return left
}

// normalised are the events as recordings have them: by instant and
// task, without what is in no run and without lines, which move.
func normalised(events []trace.Event) []trace.Event {
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(a, b trace.Event) int {
		return cmp.Or(cmp.Compare(a.AtMS, b.AtMS), cmp.Compare(a.Task, b.Task))
	})
	for seq := range events {
		e := &events[seq]
		e.Seq, e.Src, e.Awaited = seq, "", false
	}
	return events
}

// worldOf is the world as the end line of the run has it.
func worldOf(t *testing.T, run *trace.Run) []byte {
	all := bytes.Split(bytes.TrimSpace(lines(t, run)), []byte("\n"))
	var end struct {
		World json.RawMessage `json:"world"`
	}
	if err := json.Unmarshal(all[len(all)-1], &end); err != nil {
		t.Fatal(err)
	}
	return end.World
}

func sameJSON(t *testing.T, a, b []byte) bool {
	var x, y any
	for text, value := range map[*any][]byte{&x: a, &y: b} {
		if err := json.Unmarshal(value, text); err != nil {
			t.Fatal(err)
		}
	}
	return reflect.DeepEqual(x, y)
}

func asJSON(t *testing.T, value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The same request is answered with the same bytes, whatever the
// scheduler chose, in every recorded cell but those in which Go itself
// chooses. (A cell in which two goroutines act at one instant shows that
// sooner or later.)
func TestSameBytesEachTime(t *testing.T) {
	for _, s := range scenarios.All {
		for _, v := range s.Variants {
			for _, c := range recorded(t, s.ID, v.Name).Cells {
				if len(c.Outcomes) > 0 {
					continue
				}
				job := cell(t, s.ID, v.Name, c.Cut)
				first := string(lines(t, do(t, job)))
				for range 5 {
					if again := string(lines(t, do(t, job))); again != first {
						t.Fatalf("%s:\n%s\nand then\n%s", job, first, again)
					}
				}
			}
		}
	}
}

// cell is a run in virtual time.
func cell(t *testing.T, scenario, variant, cut string) runner.Job {
	t.Helper()
	job, err := runner.NewJob(scenarios.All, scenario, variant, cut, runner.Virtual)
	if err != nil {
		t.Fatal(err)
	}
	return job
}
