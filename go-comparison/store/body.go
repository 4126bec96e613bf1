package store

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"droppoint.dev/go-comparison/internal/jsonobject"
)

// setReadDeadline limits the time of a body, also of one that no handler
// reads: the server reads the rest of it before it answers. A request
// without a body has none: a read deadline would cancel its context.
func (s *Store) setReadDeadline(w http.ResponseWriter, r *http.Request) {
	var deadline time.Time
	if r.ContentLength != 0 {
		deadline = time.Now().Add(s.options.BodyTimeout)
	}
	_ = http.NewResponseController(w).SetReadDeadline(deadline)
}

// readText reads what a client wants to have saved. If that is something
// else, too much or too slow, it has answered, and ok is false.
func (s *Store) readText(w http.ResponseWriter, r *http.Request) (text string, ok bool) {
	most := s.options.MaxBody
	// Refused before a single byte of it is read.
	if r.ContentLength > most {
		leaveUnread(w, r)
		closeAfter(w, r)
		writeError(w, http.StatusRequestEntityTooLarge, "the body is over %d bytes", most)
		return "", false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		writeError(w, http.StatusRequestEntityTooLarge, "the body is over %d bytes", most)
		return "", false
	case errors.Is(err, os.ErrDeadlineExceeded):
		closeAfter(w, r)
		writeError(w, http.StatusRequestTimeout,
			"the body did not arrive within %d ms", s.options.BodyTimeout.Milliseconds())
		return "", false
	case err != nil:
		writeError(w, http.StatusBadRequest, "the body broke off")
		return "", false
	}
	// The server goes on reading, to see when the client leaves; the end
	// of the body's time would look like that.
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
	text, err = decode(body)
	if err != nil {
		writeError(w, http.StatusBadRequest, `the body is not {"text": "…"}: %v`, err)
		return "", false
	}
	return text, true
}

// leaveUnread is for a request whose body no handler reads. The server
// would read it before it closes the connection, but a client that waits
// for 100 Continue, which it does not get, sends none.
func leaveUnread(w http.ResponseWriter, r *http.Request) {
	if r.ProtoMajor == 1 && r.ContentLength != 0 && strings.EqualFold(r.Header.Get("Expect"), "100-continue") {
		_ = http.NewResponseController(w).SetReadDeadline(time.Now())
	}
}

// closeAfter ends the connection after the answer: the rest of the body
// is not read. Over HTTP/2 only the stream ends; there the header would
// end every other request on the connection.
func closeAfter(w http.ResponseWriter, r *http.Request) {
	if r.ProtoMajor == 1 {
		w.Header().Set("Connection", "close")
	}
}

// decode takes exactly {"text": "…"}.
func decode(body []byte) (text string, err error) {
	fields, err := jsonobject.Strings(body)
	if err != nil {
		return "", err
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if name != "text" {
			return "", fmt.Errorf("unknown field `%s`", name)
		}
	}
	text, ok := fields["text"]
	if !ok {
		return "", errors.New("the field `text` is missing")
	}
	return text, nil
}
