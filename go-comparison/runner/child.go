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

// ChildFlag is the one argument with which this program starts itself
// as a child. Child answers there.
const ChildFlag = "--child"

// message is a line that a child says: an event as it happens, the end
// of a run, or that there is none.
type message struct {
	trace.Event
	Ending  trace.Ending `json:"ending,omitempty"`
	Left    []trace.Left `json:"left,omitempty"`
	Message string       `json:"message,omitempty"`
}

// The kinds of messages that are no events.
const (
	runEnds trace.Kind = "end"
	noRun   trace.Kind = "error"
)

// Child does runs for the process that started this one, and says each
// event as it happens: a run may be the last thing that it does. When
// the requests end, whoever asked is gone or needs no more, and the
// process exits, in the middle of a run too.
func Child(t *testing.T, all []scenarios.Scenario, requests io.Reader, to io.Writer) error {
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
		if err := live(t, all, line, to); err != nil {
			return err
		}
	}
	return nil
}

// live does one run. It fails if it cannot write, or if the run hangs.
func live(t *testing.T, all []scenarios.Scenario, line []byte, to io.Writer) error {
	job, err := ParseRequest(all, line)
	if err != nil {
		return err
	}
	job.seen = func(e trace.Event) { _ = json.NewEncoder(to).Encode(e) }
	run, err := Do(t, job)
	var hung *Hung
	switch {
	case errors.As(err, &hung):
		return err
	case err != nil:
		return trace.WriteError(to, err.Error())
	}
	end, err := json.Marshal(message{
		Event: trace.Event{Kind: runEnds}, Ending: run.Ending, Left: run.Left,
	})
	if err != nil {
		return err
	}
	_, err = to.Write(append(end, '\n'))
	return err
}

// maxMessage is the longest line that is read of a child: the text of a
// panic may be long.
const maxMessage = 4 << 20

// child is such a process, seen from the one that started it.
type child struct {
	cmd      *exec.Cmd
	requests io.WriteCloser
	lines    *bufio.Scanner
	stderr   bytes.Buffer // complete once the process has been waited for
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
	said, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.lines = bufio.NewScanner(said)
	c.lines.Buffer(nil, maxMessage)
	return c, c.cmd.Start()
}

// death is the error of a child that has ended instead of a run.
type death struct {
	code   int // -1 if it was killed
	stderr string
	babble string         // what it said that is no message
	unread error          // why no more of what it said was read
	late   *time.Duration // how long it was waited for in vain
}

func (d *death) Error() string {
	switch {
	case d.late != nil:
		return fmt.Sprintf("the process of the run did not end it within %v, and was ended", *d.late)
	case errors.Is(d.unread, bufio.ErrTooLong):
		return fmt.Sprintf("the process of the run says a line longer than %d bytes, and was ended", maxMessage)
	case d.unread != nil:
		return fmt.Sprintf("what the process of the run says cannot be read: %v", d.unread)
	case d.babble != "":
		return fmt.Sprintf("the process of the run says %.80q, and was ended", d.babble)
	}
	return fmt.Sprintf("the process of the run ended with code %d: %s", d.code, d.stderr)
}

// ask has the child do a run, and reads what it says: the events, and
// the end of the run. If the child ends instead, the error is a death.
func (c *child) ask(job Job, patience time.Duration) (events []trace.Event, end message, err error) {
	request, err := json.Marshal(map[string]string{
		"scenario": job.Scenario.ID, "variant": job.Variant.Name, "cut": job.Cut.String(),
	})
	if err != nil {
		return nil, end, err
	}
	babble := ""
	late := time.AfterFunc(patience, func() { _ = c.cmd.Process.Kill() })
	// If it cannot be written, the child has ended, and so do its lines.
	_, _ = c.requests.Write(append(request, '\n'))
	for c.lines.Scan() {
		var said message
		if err := json.Unmarshal(c.lines.Bytes(), &said); err != nil {
			babble = string(c.lines.Bytes())
			break
		}
		switch said.Kind {
		case runEnds:
			late.Stop()
			return events, said, nil
		case noRun:
			late.Stop()
			return nil, end, errors.New(said.Message)
		}
		events = append(events, said.Event)
	}
	d := death{babble: babble, unread: c.lines.Err()}
	if babble != "" || d.unread != nil {
		_ = c.cmd.Process.Kill()
	}
	_ = c.cmd.Wait() // its state tells more
	if !late.Stop() {
		d.late = &patience
	}
	d.code = c.cmd.ProcessState.ExitCode()
	d.stderr = strings.TrimSpace(c.stderr.String())
	return events, end, &d
}

// close lets the child go. One that does not is killed.
func (c *child) close() {
	_ = c.requests.Close()
	late := time.AfterFunc(5*time.Second, func() { _ = c.cmd.Process.Kill() })
	defer late.Stop()
	_ = c.cmd.Wait()
}
