package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

const someID = "67e55044-10b1-426f-9247-bb680e5fe0c8"

// asStore makes the test binary the store.
const asStore = "DROPPOINT_STORE_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(asStore) != "" {
		main()
		return // exit code 0
	}
	os.Exit(m.Run())
}

func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append(os.Environ(), asStore+"=1")
	return cmd
}

// process is a store that listens.
type process struct {
	cmd    *exec.Cmd
	url    string
	before []string // lines before it listened
	after  *bufio.Scanner
}

func start(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{cmd: command(t, args...)}
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	p.after = bufio.NewScanner(out)
	for p.after.Scan() {
		if url, ok := strings.CutPrefix(p.after.Text(), "Listening on "); ok {
			p.url, _, _ = strings.Cut(url, " ")
			return p
		}
		p.before = append(p.before, p.after.Text())
	}
	t.Fatalf("it did not listen: %q", p.before)
	return nil
}

// end reads the rest of the output, and the exit code.
func (p *process) end() (said []string, code int) {
	for p.after.Scan() {
		said = append(said, p.after.Text())
	}
	_ = p.cmd.Wait()
	return said, p.cmd.ProcessState.ExitCode()
}

func (p *process) signal(t *testing.T, s os.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// leave sends a save and leaves while it runs.
func (p *process) leave(t *testing.T) {
	t.Helper()
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	r, err := http.NewRequestWithContext(ctx, "POST", p.url+"/files", strings.NewReader(`{"text":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	left := make(chan error, 1)
	go func() {
		_, err := http.DefaultClient.Do(r)
		left <- err
	}()
	for !strings.Contains(p.state(t), `"running":1`) {
		time.Sleep(time.Millisecond)
	}
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Fatalf("it has an answer: %v", err)
	}
}

func (p *process) state(t *testing.T) string {
	t.Helper()
	w, err := http.Get(p.url + "/state")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// filesIn are the names in a folder but the lock's.
func filesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Name() != ".lock" {
			names = append(names, entry.Name())
		}
	}
	return names
}

// A second store on a folder ends, and touches nothing; after the first
// one was killed the folder is free.
func TestTwoStoresOnOneFolder(t *testing.T) {
	dir := t.TempDir()
	first := start(t, "--dir", dir)
	unfinished := filepath.Join(dir, someID+".part")
	if err := os.WriteFile(unfinished, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	second := command(t, "--dir", dir)
	out, _ := second.CombinedOutput()
	want := "the folder " + dir + " is used by another store\n"
	if code := second.ProcessState.ExitCode(); code != 1 || string(out) != want {
		t.Errorf("exit code %d, %s", code, out)
	}
	if _, err := os.Stat(unfinished); err != nil {
		t.Errorf("it removed what the first one writes: %v", err)
	}
	if err := first.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	first.end()
	next := start(t, "--dir", dir)
	if want := []string{"Found no files in " + dir + "; removed 1 with a temporary name."}; !slices.Equal(next.before, want) {
		t.Errorf("%q", next.before)
	}
}

func TestShutdownFinishesSaves(t *testing.T) {
	dir := t.TempDir()
	p := start(t, "--dir", dir, "--lag", "300")
	p.leave(t)
	p.signal(t, syscall.SIGTERM)
	said, code := p.end()
	if code != 0 || !slices.Equal(said, []string{"Stopped; 1 save finished."}) {
		t.Errorf("%q, exit code %d", said, code)
	}
	if files := filesIn(t, dir); len(files) != 1 {
		t.Errorf("on the disk: %v", files)
	}
}

// The second signal has its default effect: a shell says 143.
func TestSecondSignal(t *testing.T) {
	p := start(t, "--dir", t.TempDir(), "--lag", "600000")
	p.leave(t)
	p.signal(t, syscall.SIGTERM)
	ended := make(chan struct{})
	go func() {
		p.end()
		close(ended)
	}()
	// Two signals at one instant may become one.
	for {
		select {
		case <-ended:
			status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
			if !ok || status.Signal() != syscall.SIGTERM {
				t.Errorf("it ended with %v", p.cmd.ProcessState)
			}
			return
		case <-time.After(10 * time.Millisecond):
			_ = p.cmd.Process.Signal(syscall.SIGTERM)
		}
	}
}

// HTTP/2 with prior knowledge.
func TestHTTP2(t *testing.T) {
	p := start(t, "--dir", t.TempDir(), "--lag", "300")
	transport := &http.Transport{Protocols: new(http.Protocols)}
	transport.Protocols.SetUnencryptedHTTP2(true)
	client := http.Client{Transport: transport}
	w, err := client.Get(p.url + "/state")
	if err != nil {
		t.Fatal(err)
	}
	w.Body.Close()
	if w.ProtoMajor != 2 || w.StatusCode != 200 {
		t.Errorf("%s %s", w.Proto, w.Status)
	}
}

func TestStartScansTheFolder(t *testing.T) {
	dir := t.TempDir()
	second, third := strings.Replace(someID, "6", "7", 1), strings.Replace(someID, "6", "8", 1)
	for _, name := range []string{someID, second, third, third + ".part"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := start(t, "--dir", dir)
	want := []string{
		"Found 3 files in " + dir + "; removed 1 with a temporary name.",
		"The quota of 2 is exceeded by 1.",
	}
	if !slices.Equal(p.before, want) {
		t.Errorf("%q", p.before)
	}
	if index := `"index":["` + someID + `","` + second + `","` + third + `"]`; !strings.Contains(p.state(t), index) {
		t.Errorf("state: %s", p.state(t))
	}
}

// A limit of the process (ulimit -f) is an error of the disk like any
// other: Go would end the process with it.
func TestFileSizeLimit(t *testing.T) {
	dir := t.TempDir()
	p := start(t, "--dir", dir, "--lag", "0")
	limit := unix.Rlimit{Cur: 4096, Max: 4096}
	if err := unix.Prlimit(p.cmd.Process.Pid, unix.RLIMIT_FSIZE, &limit, nil); err != nil {
		t.Fatal(err)
	}
	text := `{"text":"` + strings.Repeat("x", 8192) + `"}`
	w, err := http.Post(p.url+"/files", "application/json", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	w.Body.Close()
	if files := filesIn(t, dir); w.StatusCode != http.StatusInsufficientStorage || len(files) != 0 {
		t.Errorf("%s; on the disk: %v", w.Status, files)
	}
}
