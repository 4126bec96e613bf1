package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
	"unicode/utf8"
)

// limit gives a body its time. ReadTimeout of the server is not for that:
// it goes on after the body, and would cancel a save that takes longer.
// Every body has it, also one that no handler reads: the server reads the
// rest of it before it answers.
func (s *Store) limit(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength != 0 {
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.options.BodyTimeout))
	}
}

// text reads what a client wants to have saved. If that is something
// else, too much or too slow, it has answered, and ok is false.
func (s *Store) text(w http.ResponseWriter, r *http.Request) (text string, ok bool) {
	most := s.options.MaxBody
	// Said before a single byte of it is read.
	if r.ContentLength > most {
		closeAfter(w, r)
		refuse(w, http.StatusRequestEntityTooLarge, "the body is over %d bytes", most)
		return "", false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		refuse(w, http.StatusRequestEntityTooLarge, "the body is over %d bytes", most)
		return "", false
	case errors.Is(err, os.ErrDeadlineExceeded):
		closeAfter(w, r)
		refuse(w, http.StatusRequestTimeout,
			"the body did not arrive within %d ms", s.options.BodyTimeout.Milliseconds())
		return "", false
	case err != nil:
		refuse(w, http.StatusBadRequest, "the body broke off: %v", err)
		return "", false
	}
	// The server goes on reading, to see when the client leaves; the end
	// of the body's time would look like that.
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
	text, err = understood(body)
	if err != nil {
		refuse(w, http.StatusBadRequest, `the body is not {"text": "…"}: %v`, err)
		return "", false
	}
	return text, true
}

// closeAfter ends the connection after the answer: the rest of the body
// is not read. Over HTTP/2 the stream alone ends; there the header would
// send every other request on the connection away.
func closeAfter(w http.ResponseWriter, r *http.Request) {
	if r.ProtoMajor == 1 {
		w.Header().Set("Connection", "close")
	}
}

// understood takes exactly {"text": "…"}. encoding/json alone would
// also take "Text", null, and what is no UTF-8.
func understood(body []byte) (string, error) {
	if !utf8.Valid(body) {
		return "", errors.New("it is not UTF-8")
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return "", fmt.Errorf("%w, after %d bytes", err, syntax.Offset)
		}
		return "", errors.New("an object is due")
	}
	for name := range fields {
		if name != "text" {
			return "", fmt.Errorf("unknown field %q", name)
		}
	}
	raw, there := fields["text"]
	if !there {
		return "", errors.New(`the field "text" is missing`)
	}
	var text string
	if bytes.Equal(raw, []byte("null")) || json.Unmarshal(raw, &text) != nil {
		return "", errors.New(`"text" is a string`)
	}
	return text, nil
}
