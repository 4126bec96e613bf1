package runner_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
)

func serve(t *testing.T, requests string) []string {
	t.Helper()
	var out bytes.Buffer
	if err := runner.Serve(t, scenarios.All, strings.NewReader(requests), &out); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

const good = `{"scenario":"save-file","variant":"naive","cut":"510ms"}`

// Each of these is answered with one error line, and the request after it
// with a run.
func TestMalformedRequests(t *testing.T) {
	with := func(field, value string) string {
		return strings.Replace(good, `"cut"`, fmt.Sprintf(`"%s":%s,"cut"`, field, value), 1)
	}
	cut := func(cut string) string { return strings.Replace(good, "510ms", cut, 1) }
	for _, c := range []struct{ request, message string }{
		{``, "invalid JSON at byte 0"},
		{`{`, "invalid JSON at byte 1"},
		{`[]`, "not a JSON object"},
		{good + good, "invalid JSON at byte"},
		{good + "x", "invalid JSON at byte"},
		{"{\"scenario\":\"\xff\"}", "not valid UTF-8"},
		{`{"scenario":"\ud800"}`, "surrogate"},
		{strings.Repeat(" ", 70_000) + good, "longer than 65536"},
		{strings.Repeat("x", 500_000), "longer than 65536"},
		{with("colour", `"blue"`), "unknown field `colour`"},
		{with("Mode", `"real"`), "unknown field `Mode`"},
		{with("variant", `"naive"`), "appears twice"},
		{with("mode", `1`), "not a string"},
		{with("mode", `"unreal"`), "no mode `unreal`"},
		{`{"scenario":"save-file","variant":"naive"}`, "`cut` is missing"},
		{strings.Replace(good, "save-file", "save", 1), "no scenario `save`; there are save-file"},
		{strings.Replace(good, "naive", "naiv", 1),
			"no variant `naiv` of save-file; there are naive, ctx-checked, ctx-undo, without-cancel"},
		{cut("510"), "invalid cut"},
		{cut("5.5ms"), "invalid cut"},
		{cut("+5ms"), "invalid cut"},
		{cut("-5ms"), "begins at 0 ms"},
		{cut("ms"), "invalid cut"},
		{cut("9007199254740992ms"), "2^53"},
		{cut("9007199254740991ms"), "Go's clock"},
		{cut("8000000000001ms"), "Go's clock"},
		{cut("99999999999999999999ms"), "invalid cut"},
		{cut("after-effect-0"), "count from 1"},
		{cut("after-effect-4294967295"), "real time"},
		{cut("after-effect-4294967296"), "invalid cut"},
		{cut("after-effect-2"), "real time"},
		{cut("suspension-1-before-wake"), "only Rust"},
		{strings.Replace(with("mode", `"real"`), "naive", "ctx-undo", 1), "cannot be hit"},
	} {
		got := serve(t, c.request+"\n"+good+"\n")
		var line struct{ Kind, Message string }
		if err := json.Unmarshal([]byte(got[0]), &line); err != nil {
			t.Fatalf("%.60s: %v: %s", c.request, err, got[0])
		}
		if line.Kind != "error" || !strings.Contains(line.Message, c.message) {
			t.Errorf("%.60s: got %s, want %s", c.request, got[0], c.message)
		}
		if !strings.HasPrefix(got[1], `{"kind":"run"`) {
			t.Errorf("%.60s: and then %s", c.request, got[1])
		}
	}
}

// A request may be written in any way that JSON has.
func TestSpellings(t *testing.T) {
	one := serve(t, good)
	for _, spelled := range []string{
		` { "cut" : "510ms", "variant":	"naive" , "scenario": "save-file"} `,
		`{"scenario":"save\u002dfile","v\u0061riant":"naive","cut":"510ms","mode":"virtual"}`,
	} {
		if got := serve(t, spelled); !slices.Equal(got, one) {
			t.Errorf("%s: %.200s", spelled, got)
		}
	}
}

// The last request may lack its line break, and lines may end in CRLF.
func TestLineBreaks(t *testing.T) {
	one := serve(t, good)
	two := serve(t, good+"\r\n"+good)
	if len(two) != 2*len(one) || two[0] != one[0] {
		t.Errorf("%d lines, then %d", len(one), len(two))
	}
	var nothing bytes.Buffer
	if err := runner.Serve(t, scenarios.All, strings.NewReader(""), &nothing); err != nil || nothing.Len() > 0 {
		t.Errorf("no requests: %v, %s", err, nothing.String())
	}
}

type closedPipe struct{}

var errClosed = errors.New("closed")

func (closedPipe) Write([]byte) (int, error) { return 0, errClosed }

func TestBrokenOutput(t *testing.T) {
	for _, request := range []string{good, "nonsense"} {
		err := runner.Serve(t, scenarios.All, strings.NewReader(request), closedPipe{})
		if !errors.Is(err, errClosed) {
			t.Errorf("%s: got %v", request, err)
		}
	}
}

// A read error is not the end of the requests, also in the middle of a line
// that is too long.
func TestBrokenInput(t *testing.T) {
	for _, begin := range []string{"", "nonsense\n", strings.Repeat("x", 100_000)} {
		in := io.MultiReader(strings.NewReader(begin), iotest.ErrReader(errClosed))
		if err := runner.Serve(t, scenarios.All, in, io.Discard); !errors.Is(err, errClosed) {
			t.Errorf("after %d bytes: got %v", len(begin), err)
		}
	}
}

// Each run is written before the next request is read, or client and server
// would wait for each other.
func TestFlushedAfterEachRun(t *testing.T) {
	var out bytes.Buffer
	reader := &oneByOne{
		requests: []string{good, "nonsense", good},
		before: func(n int) {
			runs := strings.Count(out.String(), `{"kind":"end"`)
			errors := strings.Count(out.String(), `{"kind":"error"`)
			if runs+errors != n {
				t.Errorf("%d runs and %d errors answer %d requests", runs, errors, n)
			}
		},
	}
	if err := runner.Serve(t, scenarios.All, reader, &out); err == nil || err.Error() != "no more" {
		t.Error(err)
	}
}

// oneByOne hands out one request per Read.
type oneByOne struct {
	requests []string
	before   func(n int)
	n        int
}

func (r *oneByOne) Read(p []byte) (int, error) {
	r.before(r.n)
	if r.n == len(r.requests) {
		return 0, errors.New("no more")
	}
	r.n++
	return copy(p, r.requests[r.n-1]+"\n"), nil
}

// Every line of every kind of answer satisfies the schema that is
// generated from the Rust types.
func TestSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../crates/trace/line.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := func(line string) error {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		if err != nil {
			return err
		}
		return schema.Validate(value)
	}
	if err := valid(`{"kind":"effect","seq":0,"at_ms":0,"task":"a","place":"disk"}`); err == nil {
		t.Fatal("the schema accepts an effect without an op")
	}
	var requests []string
	ask := func(scenario, variant, cut, mode string) {
		requests = append(requests, fmt.Sprintf(
			`{"scenario":"%s","variant":"%s","cut":"%s","mode":"%s"}`, scenario, variant, cut, mode))
	}
	for _, s := range scenarios.All {
		for _, variant := range s.Variants {
			for _, c := range recorded(t, s.ID, variant.Name).Cells {
				ask(s.ID, variant.Name, c.Cut, runner.Virtual)
			}
		}
	}
	ask("save-file", "naive", "nonsense", runner.Virtual)
	ask("save-file", "naive", "after-effect-2", runner.Real)
	for _, line := range serve(t, strings.Join(requests, "\n")) {
		if err := valid(line); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	// The recorded runs may have no leftovers.
	run := do(t, planned(scenarios.Client, 0, runner.At(5), stuck))
	for line := range strings.Lines(string(lines(t, run))) {
		if err := valid(line); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}
