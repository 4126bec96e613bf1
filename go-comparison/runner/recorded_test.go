package runner_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"testing"
)

// recordedCell is a cell of a recorded cancel map.
type recordedCell struct {
	Cut string `json:"cut"`
	// What came out, if Go itself chooses there.
	Outcomes []json.RawMessage `json:"outcomes"`
}

// recordedCells are the cells of a program's cancel map. A new program
// is tested before it is recorded: then there are none.
func recordedCells(t *testing.T, scenario, variant string) []recordedCell {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("../../recordings/%s.go.json", scenario))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var recording struct {
		Variants []struct {
			Variant string         `json:"variant"`
			Cells   []recordedCell `json:"cells"`
		} `json:"variants"`
	}
	if err := json.Unmarshal(text, &recording); err != nil {
		t.Fatalf("the recording of %s: %v", scenario, err)
	}
	for _, v := range recording.Variants {
		if v.Variant == variant {
			return v.Cells
		}
	}
	return nil
}
