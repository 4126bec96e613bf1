package runner_test

import (
	"testing"

	"droppoint.dev/go-comparison/scenarios"
)

// The same request is answered with the same bytes, whatever the
// scheduler chose, in every recorded cell of every program but those in
// which Go itself chooses. (A cell in which two goroutines act at one
// instant shows that sooner or later; each was run thousands of times
// when it was written.)
func TestOneTrace(t *testing.T) {
	for _, s := range scenarios.All {
		for _, v := range s.Variants {
			for _, recorded := range recordedCells(t, s.ID, v.Name) {
				if len(recorded.Outcomes) > 1 {
					continue
				}
				program, cut := s.ID+"/"+v.Name, recorded.Cut
				first := string(lines(t, do(t, cell(t, program, cut))))
				for range 5 {
					if again := string(lines(t, do(t, cell(t, program, cut)))); again != first {
						t.Fatalf("%s %s:\n%s\nand then\n%s", program, cut, first, again)
					}
				}
			}
		}
	}
}
