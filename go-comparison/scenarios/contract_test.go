package scenarios_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"droppoint.dev/go-comparison/scenarios"
	"github.com/BurntSushi/toml"
)

// What is registered here is what the contract says.
func TestContracts(t *testing.T) {
	for _, s := range scenarios.All {
		var contract struct {
			ID        string
			Who       string
			Caller    string
			Probes    []string
			Others    []string
			Process   bool
			HorizonMS int64 `toml:"horizon_ms"`
			Variants  []struct {
				Language, Name, About string
				InPage                *bool `toml:"in_page"`
			}
		}
		if _, err := toml.DecodeFile("../../scenarios/"+s.ID+".toml", &contract); err != nil {
			t.Fatal(err)
		}
		horizon := time.Duration(contract.HorizonMS) * time.Millisecond
		if contract.ID != s.ID || contract.Who != string(s.Who) || contract.Caller != s.Caller ||
			!slices.Equal(contract.Probes, s.Probes) || !slices.Equal(contract.Others, s.Others) ||
			contract.Process != s.Process || horizon != s.Horizon {
			t.Errorf("%s: the contract says %+v", s.ID, contract)
		}
		type variant struct {
			name, about string
			own         bool // a page, having one process only, cannot run it
		}
		var want, got []variant
		for _, v := range contract.Variants {
			if v.Language == "go" {
				own := v.InPage != nil && !*v.InPage
				want = append(want, variant{v.Name, v.About, own})
			}
		}
		for _, v := range s.Variants {
			got = append(got, variant{v.Name, v.About, v.OwnProcess})
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %v\nwant %v", s.ID, got, want)
		}
	}
}

// Programs are read in a column of a page beside two others: 64 wide,
// with a tab of 4.
func TestWidth(t *testing.T) {
	names := []string{"sleep.go"}
	for _, s := range scenarios.All {
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
