//go:build !js

// Package main is built for js/wasm and tested under Node.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
)

func TestWasm(t *testing.T) {
	program := build(t)
	t.Run("size", func(t *testing.T) { testSize(t, program) })
	t.Run("same bytes", func(t *testing.T) { testSameBytes(t, program) })
	t.Run("errors", func(t *testing.T) { testErrors(t, program) })
}

// build builds the program as for the playground.
func build(t *testing.T) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "droppoint.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-gcflags=all=-l", "-ldflags=-s -w", "-o", program, ".")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// ask has one instance answer all requests.
func ask(t *testing.T, program string, requests []string) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not on the PATH: the js/wasm program was not run")
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	glue := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")
	cmd := exec.Command(node, "testdata/answers.mjs", glue, program)
	var stderr bytes.Buffer
	cmd.Stdin, cmd.Stderr = strings.NewReader(strings.Join(requests, "\n")), &stderr
	answers, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	return string(answers)
}

// A page loads it only when a reader asks for Go, but then all of it. The
// budget is for 23 scenarios: those to come are counted with 3 kB each.
func testSize(t *testing.T, program string) {
	most := 1_350_000 - 3_000*max(0, 23-len(scenarios.All))
	content, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	zip, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := zip.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes, %d with gzip", len(content), packed.Len())
	if packed.Len() > most {
		t.Errorf("%d bytes with gzip are more than %d", packed.Len(), most)
	}
}

// Every run has the same bytes as natively, also when one instance does all
// of them twice.
func testSameBytes(t *testing.T, program string) {
	cuts := []string{"none", "at-once", "5ms", "10ms", "510ms", "1010ms", "1011ms", "1500ms"}
	var requests []string
	for range 2 {
		for _, s := range scenarios.All {
			for _, v := range s.Variants {
				for _, cut := range cuts {
					// Go chooses at random, or ends the process.
					if s.ID == "receive" && cut == "at-once" || v.EndsProcess {
						continue
					}
					requests = append(requests, fmt.Sprintf(
						`{"scenario":"%s","variant":"%s","cut":"%s"}`, s.ID, v.Name, cut))
				}
			}
		}
		requests = append(requests, "nonsense")
	}
	var native bytes.Buffer
	in := strings.NewReader(strings.Join(requests, "\n"))
	if err := runner.Serve(t, scenarios.All, in, &native); err != nil {
		t.Fatal(err)
	}
	here := strings.SplitAfter(native.String(), "\n")
	there := strings.SplitAfter(ask(t, program, requests), "\n")
	if len(here) != len(there) {
		t.Errorf("%d lines natively, %d on js/wasm", len(here), len(there))
	}
	for i := range min(len(here), len(there)) {
		if here[i] != there[i] {
			t.Fatalf("line %d\nnative  %sjs/wasm %s", i+1, here[i], there[i])
		}
	}
}

// Real time is an error, and so is a variant that may end its process; the
// next request is answered.
func testErrors(t *testing.T, program string) {
	request := `{"scenario":"%s","variant":"%s","cut":"none","mode":"%s"}`
	answers := strings.SplitN(ask(t, program, []string{
		fmt.Sprintf(request, "save-file", "naive", runner.Real),
		fmt.Sprintf(request, "lost-error", "panic", runner.Virtual),
		fmt.Sprintf(request, "save-file", "naive", runner.Virtual),
	}), "\n", 3)
	for i, want := range []string{"no real disk in a browser", "a page cannot restart", `"kind":"run"`} {
		if !strings.Contains(answers[i], want) {
			t.Errorf("got %.300s, want %s", answers[i], want)
		}
	}
}
