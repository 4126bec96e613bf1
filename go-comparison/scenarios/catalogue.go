package scenarios

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// registered are the programs of each scenario, by its id.
var registered = map[string]Programs{
	"save-file":     saveFile,
	"poll-by-hand":  pollByHand,
	"receive":       receive,
	"try-join":      tryJoin,
	"graceful-stop": gracefulStop,
	"detach":        detach,
	"lost-error":    lostError,
	"futurelock":    futurelock,
	"shutdown":      shutdown,
}

// contractsJSON is made from scenarios/*.toml by `just contracts`.
//
//go:embed contracts.json
var contractsJSON []byte

// All are the scenarios in the order of the catalogue. A variant
// without a program is not among them; errMismatch names it.
var All, errMismatch = catalogue(contractsJSON, registered)

// ByID returns the scenario with this id.
func ByID(id string) (s Scenario, ok bool) {
	i := slices.IndexFunc(All, func(s Scenario) bool { return s.ID == id })
	if i < 0 {
		return s, false
	}
	return All[i], true
}

// contract is what the file says of one scenario.
type contract struct {
	Who       CancelSource `json:"who"`
	Caller    string       `json:"caller"`
	Probes    []string     `json:"probes"`
	Others    []string     `json:"others"`
	HorizonMS int64        `json:"horizon_ms"`
	Process   bool         `json:"process"`
	Real      bool         `json:"real"`
	Variants  []struct {
		Name   string `json:"name"`
		About  string `json:"about"`
		InPage *bool  `json:"in_page"` // nil means true
	} `json:"variants"`
}

// catalogue joins contracts with programs. The error names each variant
// without a program and each program without a variant.
func catalogue(contracts []byte, registered map[string]Programs) (all []Scenario, err error) {
	var errs []error
	rest := maps.Clone(registered)
	// Field by field: a map would lose the order of the scenarios.
	in := json.NewDecoder(bytes.NewReader(contracts))
	if _, err := in.Token(); err != nil {
		return nil, fmt.Errorf("contracts.json: %w", err)
	}
	for in.More() {
		id, err := in.Token()
		if err != nil {
			return nil, fmt.Errorf("contracts.json: %w", err)
		}
		var c contract
		if err := in.Decode(&c); err != nil {
			return nil, fmt.Errorf("contracts.json: %v: %w", id, err)
		}
		name := fmt.Sprint(id)
		s, err := c.scenario(name, registered[name])
		errs = append(errs, err)
		all = append(all, s)
		delete(rest, name)
	}
	if _, err := in.Token(); err != nil {
		return nil, fmt.Errorf("contracts.json: %w", err)
	}
	for _, id := range slices.Sorted(maps.Keys(rest)) {
		errs = append(errs, fmt.Errorf("%s has programs and no contract", id))
	}
	return all, errors.Join(errs...)
}

// scenario is the scenario of this contract, with its programs.
func (c contract) scenario(id string, programs Programs) (Scenario, error) {
	s := Scenario{
		ID:      id,
		Who:     c.Who,
		Caller:  c.Caller,
		Probes:  c.Probes,
		Others:  c.Others,
		Horizon: time.Duration(c.HorizonMS) * time.Millisecond,
		Process: c.Process,
		Real:    c.Real,
	}
	var errs []error
	rest := maps.Clone(programs)
	for _, v := range c.Variants {
		program, ok := programs[v.Name]
		if !ok {
			errs = append(errs, fmt.Errorf("%s/%s has no program", id, v.Name))
			continue
		}
		delete(rest, v.Name)
		s.Variants = append(s.Variants, Variant{
			Name:        v.Name,
			About:       v.About,
			Program:     program,
			EndsProcess: v.InPage != nil && !*v.InPage,
		})
	}
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		errs = append(errs, fmt.Errorf("%s/%s is not in the contract", id, name))
	}
	return s, errors.Join(errs...)
}
