package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/http"
	"runtime"

	"droppoint.dev/go-comparison/scenarios"
)

func (s *Store) postFile(w http.ResponseWriter, r *http.Request) {
	text, ok := s.readText(w, r)
	if !ok {
		return
	}
	endSave, ok := beginSave(r.Context())
	if !ok {
		// Over HTTP/2 this ends the connection.
		w.Header().Set("Connection", "close")
		writeError(w, http.StatusServiceUnavailable, "too many saves of this connection are abandoned")
		return
	}
	defer endSave()
	s.begun.Add(1)
	// Deferred, since net/http recovers a panic and serves on.
	defer s.ended.Add(1)

	ctx := r.Context() // done when the client leaves
	ended := func(error) {}
	if number, ok := saveNumber(r.Header.Get("X-Save")); ok && s.steps != nil {
		ctx, ended = s.steps.watch(ctx, number)
	}
	id := newID()
	err := s.served.Save(ctx, scenarios.File{ID: id, Text: text})
	ended(err)
	s.answered.Add(1)
	if err != nil {
		if isDiskError(err) {
			removeUnfinished(s.options.Dir, id)
		}
		s.writeSaveError(w, err)
		return
	}
	w.Header().Set("Location", "/files/"+id)
	writeJSON(w, http.StatusCreated, map[string]string{"id": id})
}

func (s *Store) getFile(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("id")
	if !id.MatchString(name) || !s.served.Index.Has(name) {
		writeNoFile(w)
		return
	}
	text, err := readFile(s.options.Dir, name)
	if errors.Is(err, fs.ErrNotExist) && !s.holds(r.Context(), name) {
		writeNoFile(w)
		return
	}
	if err != nil {
		writeDiskError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"text": string(text)})
}

// holds looks at the index while no file is removed: a name stays in the
// index for a moment after its file was removed.
func (s *Store) holds(ctx context.Context, name string) bool {
	unlock, err := s.served.Lock.LockContext(ctx)
	if err != nil {
		return true // the client has left
	}
	defer unlock()
	return s.served.Index.Has(name)
}

func (s *Store) deleteFile(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("id")
	if !id.MatchString(name) {
		writeNoFile(w)
		return
	}
	switch removed, err := s.served.Remove(r.Context(), name); {
	case err != nil:
		writeDiskError(w, err)
	case !removed:
		writeNoFile(w)
	default:
		setWriteDeadline(w)
		w.WriteHeader(http.StatusNoContent)
	}
}

// getState waits for no lock: it answers also while a save holds it.
func (s *Store) getState(w http.ResponseWriter, _ *http.Request) {
	disk, err := list(s.options.Dir)
	if err != nil {
		writeDiskError(w, err)
		return
	}
	// In this order: a save that ends in between is still running.
	ended := s.ended.Load()
	begun := s.begun.Load()
	writeJSON(w, http.StatusOK, map[string]any{
		"variant": "go/" + s.options.Variant,
		"quota":   s.quota(),
		"lag_ms":  s.options.Lag.Milliseconds(),
		"disk":    disk,
		"index":   append([]string{}, s.served.Index.Items()...),
		"locked":  s.served.Lock.Held(),
		"saves": map[string]int64{
			"running":  begun - ended,
			"begun":    begun,
			"answered": s.answered.Load(),
		},
		"left": map[string]int{"goroutines": runtime.NumGoroutine()},
	})
}

// quota returns nil if there is none.
func (s *Store) quota() *int {
	if s.options.Quota == NoQuota {
		return nil
	}
	return &s.options.Quota
}

// getSteps forgets the saves that have ended, but not for HEAD, whose
// client does not get them.
func (s *Store) getSteps(w http.ResponseWriter, r *http.Request) {
	if s.steps == nil {
		writeError(w, http.StatusNotFound, "steps are not kept: start the store with --steps")
		return
	}
	writeJSON(w, http.StatusOK, s.steps.list(r.Method != http.MethodHead))
}

// newID makes a random UUID (version 4, RFC 9562).
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, since Go 1.24
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
