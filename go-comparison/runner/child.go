//go:build !js

package runner

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// ChildFlag is the one argument with which this program starts itself as
// a child, in which ServeChild answers.
const ChildFlag = "--child"

// message is a line that a child writes: an event as it happens, the end
// of a run, or an error.
type message struct {
	trace.Event
	Ending  trace.Ending     `json:"ending,omitempty"`
	Left    []trace.Leftover `json:"left,omitempty"`
	Message string           `json:"message,omitempty"`
}

// The kinds of messages that are no events.
const (
	kindEnd   trace.Kind = "end"
	kindError trace.Kind = "error"
)

// ServeChild does runs for the process that started this one. It writes
// each event as it happens, since a run may end the process. It exits when
// the requests end, also in the middle of a run: then the parent has ended
// or needs no more runs.
func ServeChild(t *testing.T, all []scenarios.Scenario, requests io.Reader, to io.Writer) error {
	lines := make(chan []byte)
	go func() {
		in := bufio.NewReaderSize(requests, maxLine)
		for {
			line, err := nextLine(in)
			if err != nil {
				os.Exit(0)
			}
			lines <- slices.Clone(line)
		}
	}()
	for line := range lines {
		if err := writeMessages(t, all, line, to); err != nil {
			return err
		}
	}
	return nil
}

// writeMessages does one run. It fails if it cannot write, or if the run
// hangs.
func writeMessages(t *testing.T, all []scenarios.Scenario, line []byte, to io.Writer) error {
	job, err := ParseRequest(all, line)
	if err != nil {
		return err
	}
	out := json.NewEncoder(to)
	job.onEvent = func(e trace.Event) { _ = out.Encode(e) }
	run, err := Do(t, job)
	if errors.As(err, new(*HungError)) {
		return err
	}
	if err != nil {
		return trace.WriteError(to, err.Error())
	}
	return out.Encode(message{
		Event: trace.Event{Kind: kindEnd}, Ending: run.Ending, Left: run.Left,
	})
}

// maxMessage is the longest line that is read of a child: the text of a
// panic may be long.
const maxMessage = 4 << 20

// child is such a process, as its parent sees it.
type child struct {
	cmd      *exec.Cmd
	requests io.WriteCloser
	lines    *bufio.Scanner
	stderr   bytes.Buffer // complete after cmd.Wait
}

func startChild() (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.Command(self, ChildFlag)}
	c.cmd.Stderr = &c.stderr
	if c.requests, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.lines = bufio.NewScanner(stdout)
	c.lines.Buffer(nil, maxMessage)
	return c, c.cmd.Start()
}

// exitError is the error of a child that has ended instead of its run.
type exitError struct {
	code       int // -1 if it was killed
	stderr     string
	unexpected string         // a line that is no message
	readErr    error          // why its lines could not be read
	timeout    *time.Duration // after which it was killed
}

func (e *exitError) Error() string {
	switch {
	case e.timeout != nil:
		return fmt.Sprintf("the process of the run did not end it within %v, and was killed", *e.timeout)
	case errors.Is(e.readErr, bufio.ErrTooLong):
		return fmt.Sprintf("the process of the run wrote a line longer than %d bytes, and was killed", maxMessage)
	case e.readErr != nil:
		return fmt.Sprintf("cannot read from the process of the run: %v", e.readErr)
	case e.unexpected != "":
		return fmt.Sprintf("the process of the run wrote %.80q, and was killed", e.unexpected)
	}
	return fmt.Sprintf("the process of the run ended with code %d: %s", e.code, e.stderr)
}

// do has the child do a run, and reads its events and its end. If the
// child ends instead, the error is an exitError.
func (c *child) do(job Job, timeout time.Duration) (events []trace.Event, end message, err error) {
	request, err := json.Marshal(map[string]string{
		"scenario": job.Scenario.ID, "variant": job.Variant.Name, "cut": job.Cut.String(),
	})
	if err != nil {
		return nil, end, err
	}
	unexpected := ""
	late := time.AfterFunc(timeout, func() { _ = c.cmd.Process.Kill() })
	// If it cannot be written, the child has ended, and so have its lines.
	_, _ = c.requests.Write(append(request, '\n'))
	for c.lines.Scan() {
		var m message
		if err := json.Unmarshal(c.lines.Bytes(), &m); err != nil {
			unexpected = c.lines.Text()
			break
		}
		switch m.Kind {
		case kindEnd:
			late.Stop()
			return events, m, nil
		case kindError:
			late.Stop()
			return nil, end, errors.New(m.Message)
		}
		events = append(events, m.Event)
	}
	exit := exitError{unexpected: unexpected, readErr: c.lines.Err()}
	if unexpected != "" || exit.readErr != nil {
		_ = c.cmd.Process.Kill()
	}
	_ = c.cmd.Wait() // ProcessState has more
	if !late.Stop() {
		exit.timeout = &timeout
	}
	exit.code = c.cmd.ProcessState.ExitCode()
	exit.stderr = strings.TrimSpace(c.stderr.String())
	return events, end, &exit
}

// close lets the child end, and kills it if it does not.
func (c *child) close() {
	_ = c.requests.Close()
	late := time.AfterFunc(5*time.Second, func() { _ = c.cmd.Process.Kill() })
	defer late.Stop()
	_ = c.cmd.Wait()
}
