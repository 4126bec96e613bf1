package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"droppoint.dev/go-comparison/scenarios"
)

// TestMain makes the test binary the program, which is then tested as a
// process.
func TestMain(m *testing.M) {
	if os.Getenv("DROPPOINT_GO_MAIN") == "yes" {
		main()
		return
	}
	goleak.VerifyTestMain(m)
}

// process runs the program and returns its exit code and output.
func process(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "DROPPOINT_GO_MAIN=yes")
	var out, err bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &err
	if failure := cmd.Run(); failure != nil && cmd.ProcessState == nil {
		t.Fatal(failure)
	}
	return cmd.ProcessState.ExitCode(), out.String(), err.String()
}

// Package testing prints nothing between the lines, and the end of the
// requests is exit code 0.
func TestServeAsProcess(t *testing.T) {
	request := `{"scenario":"save-file","variant":"ctx-undo","cut":"510ms"}` + "\n"
	code, stdout, stderr := process(t, request+"{}\n"+request, "--serve")
	if code != exitOK || stderr != "" {
		t.Errorf("exit code %d, %s", code, stderr)
	}
	parts := strings.Split(stdout, `{"kind":"error","message":"invalid request: the field `+"`scenario`"+` is missing"}`+"\n")
	if len(parts) != 2 || parts[0] != parts[1] || !strings.HasPrefix(parts[0], `{"kind":"run","schema":1,"language":"go"`) {
		t.Errorf("%s", stdout)
	}
	code, alone, _ := process(t, "", "save-file/ctx-undo", "--cut", "510ms", "--ndjson")
	if code != exitOK || alone != parts[0] {
		t.Errorf("exit code %d, alone it is\n%s", code, alone)
	}
	if code, stdout, _ := process(t, "", "--serve"); code != exitOK || stdout != "" {
		t.Errorf("exit code %d, %s", code, stdout)
	}
}

// Ctrl-C in real time removes the directory of the run.
func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], "--serve")
	cmd.Env = append(os.Environ(), "DROPPOINT_GO_MAIN=yes", "TMPDIR="+dir)
	requests, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	request := `{"scenario":"save-file","variant":"naive","cut":"none","mode":"real"}` + "\n"
	if _, err := io.WriteString(requests, strings.Repeat(request, 100)); err != nil {
		t.Fatal(err)
	}
	inside := func() []string {
		names, err := filepath.Glob(filepath.Join(dir, "*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	for len(inside()) == 0 { // until a run has written something
		runtime.Gosched()
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("an interrupted run has exit code 0")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestText(t *testing.T) {
	code, stdout, stderr := process(t, "", "--cut=510ms", "save-file/ctx-checked")
	if code != exitOK || stderr != "" {
		t.Errorf("exit code %d, %s", code, stderr)
	}
	for _, want := range []string{
		"save-file/ctx-checked, the client leaves at 510 ms (Go ",
		"\n   510 ms  a  -- cut --\n",
		"\n  1521 ms  b  returns: saved\n", // 511 + 10 + 1000
		"\n  disk   a whole, b whole, c whole\n  index  b, c\n  lock   down\n",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q is not in\n%s", want, stdout)
		}
	}
	// A run that ends its process runs in a child.
	code, stdout, stderr = process(t, "", "lost-error/panic", "--cut", "10ms")
	if code != exitOK || stderr != "" || !strings.Contains(stdout, "a    the process ends with code 2\n") {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
	code, stdout, _ = process(t, "", "save-file/naive", "--real", "--cut", "after-effect-9")
	if code != exitOK || !strings.Contains(stdout, "the cut was never reached") {
		t.Errorf("exit code %d\n%s", code, stdout)
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"-h"}, {"help"}, {"save-file/naive", "--help"}} {
		var stdout, stderr bytes.Buffer
		if code := run(t, args, strings.NewReader(""), &stdout, &stderr); code != exitOK || stdout.String() != help {
			t.Errorf("%v: exit code %d\n%s%s", args, code, &stdout, &stderr)
		}
	}
	code, stdout, _ := process(t, "", "list")
	programs := 0
	for _, s := range scenarios.All {
		programs += len(s.Variants)
	}
	if code != exitOK || strings.Count("\n"+stdout, "\nsave-file/") != 4 ||
		strings.Count(stdout, "\n    ") != programs || strings.Count(stdout, "\n") != 2*programs {
		t.Errorf("exit code %d\n%s", code, stdout)
	}
	for line := range strings.Lines(help) {
		if len(line) > 81 {
			t.Errorf("too wide: %s", line)
		}
	}
}

// Bad usage is exit code 2 and says what there is.
func TestBadUsage(t *testing.T) {
	if code, _, _ := process(t, "", "save-file/nave"); code != exitUsage {
		t.Errorf("as a process, exit code %d", code)
	}
	for args, message := range map[string]string{
		"":                                     "which program?",
		"save-file/nave":                       "no variant `nave` of save-file; there are naive, ctx-checked",
		"save-file":                            "no variant `` of save-file; there are naive, ctx-checked",
		"savefile/ctx-undo":                    "no scenario `savefile`; there are save-file",
		"--cutt 5ms":                           "not defined: -cutt",
		"save-file/naive --raal":               "not defined: -raal",
		"save-file/naive --cut":                "needs an argument",
		"save-file/naive --cut 510":            "510ms",
		"save-file/naive --cut 5ms --real":     "cannot be hit",
		"detach/ctx --real":                    "only save-file runs in real time",
		"save-file/naive --cut after-effect-2": "a cut of real time",
		"save-file/naive --cut suspension-1-after-wake": "only Rust",
		"save-file/naive save-file/ctx-undo":            "one too many",
		"list --real":                                   "no options",
		"--serve save-file/naive":                       "the requests have them",
		"--serve --real":                                "the requests have them",
	} {
		var stdout, stderr bytes.Buffer
		code := run(t, strings.Fields(args), strings.NewReader(""), &stdout, &stderr)
		if code != exitUsage || stdout.Len() > 0 || !strings.Contains(stderr.String(), message) {
			t.Errorf("%s: exit code %d, %s%s", args, code, &stdout, &stderr)
		}
	}
}
