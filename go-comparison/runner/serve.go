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

// maxLine is more than any request needs. A longer line is refused, and
// not kept in memory.
const maxLine = 64 << 10

// Serve answers requests, one line each, with runs, until the requests
// end. A request that cannot be met is answered with one error line. Serve
// fails if it cannot read or write, or if a run hangs.
func Serve(t *testing.T, all []scenarios.Scenario, requests io.Reader, runs io.Writer) error {
	in := bufio.NewReaderSize(requests, maxLine)
	out := bufio.NewWriter(runs)
	children := newChildren()
	defer children.close()
	for {
		line, err := nextLine(in)
		var requestErr *RequestError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &requestErr):
			err = trace.WriteError(out, requestErr.message)
		case err == nil:
			err = answer(t, all, line, out, children)
		}
		if err != nil {
			return err
		}
		// The next request may come only after this answer was read.
		if err := out.Flush(); err != nil {
			return err
		}
	}
}

// Answer answers one request, with a run or with an error line. It
// fails if it cannot write, or if the run hangs.
func Answer(t *testing.T, all []scenarios.Scenario, line []byte, to io.Writer) error {
	children := newChildren()
	defer children.close()
	return answer(t, all, line, to, children)
}

func answer(t *testing.T, all []scenarios.Scenario, line []byte, to io.Writer, children *children) error {
	run, err := runRequest(t, all, line, children)
	var requestErr *RequestError
	switch {
	case errors.As(err, &requestErr):
		return trace.WriteError(to, requestErr.message)
	case err != nil:
		return err
	}
	// Only a complete run is written.
	_, err = run.WriteTo(to)
	return err
}

func runRequest(t *testing.T, all []scenarios.Scenario, line []byte, children *children) (*trace.Run, error) {
	job, err := ParseRequest(all, line)
	if err != nil {
		return nil, err
	}
	run, err := do(t, job, children)
	var hung *HungError
	switch {
	case errors.As(err, &hung):
		return nil, fmt.Errorf("%s: %w", job, hung)
	case err != nil:
		return nil, requestErrorf("%s: %s", job, err)
	}
	return run, nil
}

// nextLine reads the next line without its line break, which the last one
// may lack. The line is valid until the next call.
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
	return nil, requestErrorf("invalid request: the line is longer than %d bytes", maxLine)
}
