package scenarios

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"droppoint.dev/go-comparison/trace"
)

// Every Go variant of every contract has its program, and every program
// its variant.
func TestEveryVariantHasItsProgram(t *testing.T) {
	if errMismatch != nil {
		t.Error(errMismatch)
	}
	if len(All) == 0 {
		t.Error("there are no scenarios")
	}
}

func TestMismatchesAreNamed(t *testing.T) {
	contracts := `{
		"z": {"who": "inside", "caller": "a", "horizon_ms": 55, "variants": [
			{"name": "there", "about": "It is.", "in_page": false},
			{"name": "missing", "about": "It is not."}
		]},
		"a": {"who": "client", "caller": "b", "probes": ["c"], "real": true, "variants": []}
	}`
	program := Program(func(*trace.Env) Handler { return nil })
	all, err := catalogue([]byte(contracts), map[string]Programs{
		"z":     {"there": program, "mistyped": program},
		"other": {"there": program},
	})
	want := "z/missing has no program\nz/mistyped is not in the contract\nother has programs and no contract"
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if len(all) != 2 || all[0].ID != "z" || all[1].ID != "a" || !all[1].Real {
		t.Fatalf("%+v", all)
	}
	z := all[0]
	if z.Who != Inside || z.Horizon != 55*time.Millisecond || len(z.Variants) != 1 ||
		z.Variants[0].About != "It is." || !z.Variants[0].EndsProcess {
		t.Errorf("%+v", z)
	}
	for _, broken := range []string{"", "{", `{"a": 1}`, `{"a": {"caller": 1}}`} {
		if _, err := catalogue([]byte(broken), nil); err == nil || !strings.HasPrefix(err.Error(), "contracts.json: ") {
			t.Errorf("%s: got %v", broken, err)
		}
	}
}

// Programs are read in a column of a page beside two others: 64 wide,
// with a tab of 4.
func TestWidth(t *testing.T) {
	names := []string{"sleep.go"}
	for _, s := range All {
		names = append(names, strings.ReplaceAll(s.ID, "-", "_")+".go")
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(source)) {
			n++
			line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "    ")
			if width := utf8.RuneCountInString(line); width > 64 {
				t.Errorf("%s:%d is %d columns wide", name, n, width)
			}
		}
	}
}
