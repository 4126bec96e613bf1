package runner_test

import (
	"slices"
	"strings"
	"testing"

	"droppoint.dev/go-comparison/scenarios"
)

// axes are the cuts of each scenario's map: one between every two
// instants of its uncut runs, in all languages.
var axes = map[string]string{
	"save-file":     "none at-once 5ms 510ms 1011ms 1017ms",
	"graceful-stop": "none at-once 3ms 8ms 13ms 18ms 23ms 28ms 33ms 38ms 43ms 48ms 55ms",
	"try-join":      "none at-once 4ms 10ms 17ms",
	"receive":       "none at-once 1ms 4ms 8ms 11ms 15ms 19ms 21ms 27ms 36ms",
	"poll-by-hand":  "none at-once 5ms 15ms",
	"futurelock":    "none at-once 2ms 7ms 13ms 21ms",
	"detach":        "none at-once 5ms 15ms 25ms 32ms 37ms 45ms 52ms",
	"lost-error":    "none at-once 10ms 22ms 30ms",
	"shutdown":      "none at-once 2ms 7ms 12ms 17ms 25ms",
}

// random are the cells in which Go itself chooses.
var random = []string{"receive/select at-once", "receive/pass-with-ctx at-once", "receive/helper at-once"}

// The same request is answered with the same bytes, whatever the
// scheduler chose, in every cell of every program. (A cell in which two
// goroutines act at one instant shows that sooner or later; each was
// run thousands of times when it was written.)
func TestOneTrace(t *testing.T) {
	for _, s := range scenarios.All {
		if axes[s.ID] == "" {
			t.Errorf("%s has no axis here", s.ID)
		}
		for _, v := range s.Variants {
			for cut := range strings.FieldsSeq(axes[s.ID]) {
				program := s.ID + "/" + v.Name
				if slices.Contains(random, program+" "+cut) {
					continue
				}
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
