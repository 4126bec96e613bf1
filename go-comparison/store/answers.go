package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"syscall"
	"time"

	"droppoint.dev/go-comparison/scenarios"
)

// answer writes a JSON body. Whether the client still reads it is of
// no interest here.
func answer(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil { // of our own values: none
		status, text = http.StatusInternalServerError, []byte(`{"error":"no JSON"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	hurry(w)
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

// patience is how long a client may take to read its answer.
const patience = 10 * time.Second

// hurry begins with the answer. WriteTimeout of the server begins with the
// request, and a save may wait long for the lock.
func hurry(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(patience))
}

// refuse answers with a sentence.
func refuse(w http.ResponseWriter, status int, format string, args ...any) {
	answer(w, status, map[string]string{"error": fmt.Sprintf(format, args...)})
}

func noFile(w http.ResponseWriter) {
	refuse(w, http.StatusNotFound, "there is no such file")
}

// notSaved says why a save failed.
func (s *Store) notSaved(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, scenarios.ErrOverQuota):
		files := "files"
		if s.served.Index.Len() == 1 {
			files = "file"
		}
		refuse(w, http.StatusInsufficientStorage,
			"over quota: the store holds %d %s", s.served.Index.Len(), files)
	case errors.Is(err, context.Canceled):
		refuse(w, http.StatusServiceUnavailable, "cancelled")
	default:
		refuseDisk(w, err)
	}
}

// refuseDisk says what the system said, without the path.
func refuseDisk(w http.ResponseWriter, err error) {
	var number syscall.Errno
	if !errors.As(err, &number) {
		refuse(w, http.StatusInternalServerError, "the disk refused")
		return
	}
	switch number {
	case syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG:
		refuse(w, http.StatusInsufficientStorage, "the disk is full: %v", number)
	default:
		refuse(w, http.StatusInternalServerError, "the disk refused: %v", number)
	}
}

// isOfTheDisk tells a refusal of the system from one of the program.
func isOfTheDisk(err error) bool {
	var number syscall.Errno
	return errors.As(err, &number)
}
