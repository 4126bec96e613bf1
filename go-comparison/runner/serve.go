package runner

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// maxLine is more than any request needs. What is longer is refused
// without being held in memory.
const maxLine = 64 << 10

// Serve answers requests, one line each, with runs, until the requests
// end. What cannot be done is answered with one error line; only a
// broken stream ends the serving, and a run that hangs.
func Serve(t *testing.T, all []scenarios.Scenario, requests io.Reader, runs io.Writer) error {
	in := bufio.NewReaderSize(requests, maxLine)
	out := bufio.NewWriter(runs)
	own := newProcesses()
	defer own.close()
	for {
		line, err := nextLine(in)
		var refusal *Refusal
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &refusal):
			err = trace.WriteError(out, refusal.message)
		case err == nil:
			err = answer(t, all, line, out, own)
		}
		if err != nil {
			return err
		}
		// Whoever asked may ask for the next run only when it has this.
		if err := out.Flush(); err != nil {
			return err
		}
	}
}

// Answer answers one request, with a run or with an error line. It
// fails if it cannot write, or if the run hangs.
func Answer(t *testing.T, all []scenarios.Scenario, line []byte, to io.Writer) error {
	own := newProcesses()
	defer own.close()
	return answer(t, all, line, to, own)
}

func answer(t *testing.T, all []scenarios.Scenario, line []byte, to io.Writer, own *processes) error {
	run, err := asked(t, all, line, own)
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		return trace.WriteError(to, refusal.message)
	case err != nil:
		return err
	}
	// Only a complete run is written.
	_, err = run.WriteTo(to)
	return err
}

func asked(t *testing.T, all []scenarios.Scenario, line []byte, own *processes) (*trace.Run, error) {
	job, err := ParseRequest(all, line)
	if err != nil {
		return nil, err
	}
	run, err := do(t, job, own)
	var hung *Hung
	switch {
	case errors.As(err, &hung):
		return nil, fmt.Errorf("%s: %w", job, hung)
	case err != nil:
		return nil, refuse("%s: %s", job, err)
	}
	return run, nil
}

// nextLine is the next line without its break; the last one may lack
// it. The line is valid until the next call.
func nextLine(in *bufio.Reader) ([]byte, error) {
	line, err := in.ReadSlice('\n')
	switch {
	case err == nil || errors.Is(err, io.EOF) && len(line) > 0:
		return bytes.TrimRight(line, "\r\n"), nil
	case !errors.Is(err, bufio.ErrBufferFull):
		return nil, err
	}
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = in.ReadSlice('\n')
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return nil, refuse("invalid request: the line is longer than %d bytes", maxLine)
}
