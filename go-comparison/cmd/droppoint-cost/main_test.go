package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"droppoint.dev/go-comparison/scenarios"
)

// Without package instant a call takes its real time, so it is only one.
func TestEveryVariantIsMeasured(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"save-file", "graceful-stop"} {
		s, ok := scenarios.ByID(id)
		if !ok {
			t.Fatalf("no scenario %s", id)
		}
		for _, v := range s.Variants {
			t.Run(s.ID+"/"+v.Name, func(t *testing.T) {
				t.Parallel()
				line, err := json.Marshal(request{s.ID, v.Name, 1})
				if err != nil {
					t.Fatal(err)
				}
				var out bytes.Buffer
				if err := serve([]string{s.ID}, bytes.NewReader(line), &out); err != nil {
					t.Fatal(err)
				}
				hello, answer, _ := strings.Cut(out.String(), "\n")
				if !strings.Contains(hello, `["`+s.ID+`","`+v.Name+`"]`) {
					t.Errorf("not among the programs: %s", hello)
				}
				var got sample
				if err := json.Unmarshal([]byte(answer), &got); err != nil {
					t.Fatal(err)
				}
				if got.Wall <= 0 || got.Allocs <= 0 || got.Bytes <= 0 {
					t.Errorf("nothing was measured: %+v", got)
				}
			})
		}
	}
}

func TestAnUnknownProgramIsNamed(t *testing.T) {
	in := strings.NewReader(`{"scenario":"save-file","variant":"nive","calls":1}`)
	err := serve(nil, in, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "save-file/nive") {
		t.Fatalf("got %v", err)
	}
}
