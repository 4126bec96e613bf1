package runner

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"

	"droppoint.dev/go-comparison/scenarios"
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
	for {
		line, err := nextLine(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = answer(t, all, line, out)
		}
		var refusal *Refusal
		if errors.As(err, &refusal) {
			err = writeError(out, refusal)
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

// answer writes one run, or nothing: a run is complete before its
// first line is written.
func answer(t *testing.T, all []scenarios.Scenario, line []byte, out io.Writer) error {
	job, err := ParseRequest(all, line)
	if err != nil {
		return err
	}
	run, err := Do(t, job)
	var hung *Hung
	switch {
	case errors.As(err, &hung):
		return fmt.Errorf("%s: %w", job, hung)
	case err != nil:
		return refuse("%s: %s", job, err)
	}
	_, err = run.WriteTo(out)
	return err
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
	return nil, refuse("not a request: the line is longer than %d bytes", maxLine)
}

func writeError(to io.Writer, refusal *Refusal) error {
	text, err := json.Marshal(struct {
		Kind    string `json:"kind"`
		Message string `json:"message"`
	}{"error", refusal.message})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to, "%s\n", text)
	return err
}
