// Package store is the store of save-file behind HTTP: the scenario's
// own programs on a real directory.
package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"droppoint.dev/go-comparison/scenarios"
)

// Options say how a store works.
type Options struct {
	Variant     string
	Dir         string
	Quota       int // math.MaxInt: none
	Lag         time.Duration
	BodyTimeout time.Duration
	MaxBody     int64
	Steps       bool // keep when each step of a save began
}

// Store serves saves. It is an http.Handler.
type Store struct {
	options Options
	served  *scenarios.Served
	mux     *http.ServeMux
	steps   *steps // nil: not kept

	// Handlers outlive their clients, and over HTTP/2 their
	// connections too: Shutdown alone does not wait for all of them.
	working                sync.WaitGroup
	begun, answered, ended atomic.Int64 // saves
}

// New makes a store that knows these files.
func New(options Options, files []string) (*Store, error) {
	served, ok := scenarios.Serve(
		options.Dir, options.Variant, files, options.Quota, options.Lag)
	if !ok {
		return nil, fmt.Errorf("no variant %q", options.Variant)
	}
	s := &Store{options: options, served: served, mux: http.NewServeMux()}
	if options.Steps {
		s.steps = &steps{saves: map[uint64]*watched{}}
	}
	s.mux.HandleFunc("POST /files", s.save)
	s.mux.HandleFunc("GET /files/{id}", s.read)
	s.mux.HandleFunc("DELETE /files/{id}", s.remove)
	s.mux.HandleFunc("GET /state", s.state)
	s.mux.HandleFunc("GET /steps", s.tellSteps)
	for pattern, allow := range map[string]string{
		"/files": "POST", "/files/{id}": "GET, DELETE", "/state": "GET", "/steps": "GET",
	} {
		s.mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Allow", allow)
			refuse(w, http.StatusMethodNotAllowed, "this method is not for this path")
		})
	}
	s.mux.HandleFunc("/", noPath)
	return s, nil
}

func noPath(w http.ResponseWriter, _ *http.Request) {
	refuse(w, http.StatusNotFound, "there is no such path")
}

// ServeHTTP implements http.Handler.
func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.limit(w, r)
	// ServeMux would redirect to what a path with dots comes to.
	if clean := path.Clean(r.URL.Path); clean != r.URL.Path {
		noPath(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// Wait waits until nothing is under way.
func (s *Store) Wait() { s.working.Wait() }

// Ended is how many saves have ended, heard or unheard.
func (s *Store) Ended() int64 { return s.ended.Load() }

func (s *Store) save(w http.ResponseWriter, r *http.Request) {
	text, ok := s.text(w, r)
	if !ok {
		return
	}
	s.working.Add(1)
	defer s.working.Done()
	s.begun.Add(1)
	// Deferred, since net/http recovers a panic and serves on.
	defer s.ended.Add(1)

	ctx := r.Context() // done when the client leaves
	ended := func(error) {}
	if number, ok := numberOf(r.Header.Get("X-Save")); ok && s.steps != nil {
		ctx, ended = s.steps.watch(ctx, number)
	}
	id := newID()
	err := s.served.Save(ctx, scenarios.File{ID: id, Text: text})
	ended(err)
	s.answered.Add(1)
	if err != nil {
		if isOfTheDisk(err) {
			removeRest(s.options.Dir, id)
		}
		s.notSaved(w, err)
		return
	}
	w.Header().Set("Location", "/files/"+id)
	answer(w, http.StatusCreated, map[string]string{"id": id})
}

func (s *Store) read(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("id")
	if !id.MatchString(name) || !s.served.Index.Has(name) {
		noFile(w)
		return
	}
	text, err := os.ReadFile(filepath.Join(s.options.Dir, name))
	if errors.Is(err, fs.ErrNotExist) && !s.holds(r.Context(), name) {
		noFile(w)
		return
	}
	if err != nil {
		refuseDisk(w, err)
		return
	}
	answer(w, http.StatusOK, map[string]string{"text": string(text)})
}

// holds looks at the index while nobody removes a file, of which the
// index knows for a moment after it has gone.
func (s *Store) holds(ctx context.Context, name string) bool {
	unlock, err := s.served.Lock.LockContext(ctx)
	if err != nil {
		return true // Nobody waits for an answer.
	}
	defer unlock()
	return s.served.Index.Has(name)
}

func (s *Store) remove(w http.ResponseWriter, r *http.Request) {
	s.working.Add(1)
	defer s.working.Done()
	name := r.PathValue("id")
	if !id.MatchString(name) {
		noFile(w)
		return
	}
	switch removed, err := s.served.Remove(r.Context(), name); {
	case err != nil:
		refuseDisk(w, err)
	case !removed:
		noFile(w)
	default:
		hurry(w)
		w.WriteHeader(http.StatusNoContent)
	}
}

// state waits for no lock: it answers also while a save holds it.
func (s *Store) state(w http.ResponseWriter, _ *http.Request) {
	disk, err := listing(s.options.Dir)
	if err != nil {
		refuseDisk(w, err)
		return
	}
	// In this order: a save that ends in between is still running.
	ended := s.ended.Load()
	begun := s.begun.Load()
	answer(w, http.StatusOK, map[string]any{
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

// quota is nil where there is none.
func (s *Store) quota() *int {
	if s.options.Quota == NoQuota {
		return nil
	}
	return &s.options.Quota
}

func (s *Store) tellSteps(w http.ResponseWriter, _ *http.Request) {
	if s.steps == nil {
		refuse(w, http.StatusNotFound, "steps are not kept: start the store with --steps")
		return
	}
	all, err := s.steps.take()
	if err != nil {
		refuse(w, http.StatusInternalServerError, "%v", err)
		return
	}
	answer(w, http.StatusOK, all)
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
