package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"droppoint.dev/go-comparison/scenarios"
)

// writeTimeout is how long a client may take to read its answer.
const writeTimeout = 10 * time.Second

// writeJSON writes an answer. Its error is ignored: a client that has
// left reads none.
func writeJSON(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil { // of our own values: none
		status, text = http.StatusInternalServerError, []byte(`{"error":"no JSON"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	setWriteDeadline(w)
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

// setWriteDeadline begins with the answer. WriteTimeout of the server
// begins with the request, and a save may wait long for the lock.
func setWriteDeadline(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTimeout))
}

// writeError answers with {"error": "sentence"}.
func writeError(w http.ResponseWriter, status int, format string, args ...any) {
	writeJSON(w, status, map[string]string{"error": fmt.Sprintf(format, args...)})
}

func writeNoFile(w http.ResponseWriter) {
	writeError(w, http.StatusNotFound, "there is no such file")
}

func writeStopping(w http.ResponseWriter) {
	writeError(w, http.StatusServiceUnavailable, "the store is stopping")
}

// writeSaveError says why a save failed.
func (s *Store) writeSaveError(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, scenarios.ErrOverQuota):
		files := "files"
		if s.served.Index.Len() == 1 {
			files = "file"
		}
		writeError(w, http.StatusInsufficientStorage,
			"over quota: the store holds %d %s", s.served.Index.Len(), files)
	case errors.Is(err, context.Canceled):
		writeError(w, http.StatusServiceUnavailable, "cancelled")
	default:
		writeDiskError(w, err)
	}
}

// writeDiskError says why the system failed, without the path.
func writeDiskError(w http.ResponseWriter, err error) {
	var errno syscall.Errno
	if !errors.As(err, &errno) {
		writeError(w, http.StatusInternalServerError, "the disk refused")
		return
	}
	switch errno {
	case syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG:
		writeError(w, http.StatusInsufficientStorage, "the disk is full: %v", errno)
	default:
		writeError(w, http.StatusInternalServerError, "the disk refused: %v", errno)
	}
}

// isDiskError tells an error of the system from one of the program.
func isDiskError(err error) bool {
	var errno syscall.Errno
	return errors.As(err, &errno)
}
