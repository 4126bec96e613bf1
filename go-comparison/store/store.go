// Package store is the store of save-file behind HTTP: the scenario's
// own programs on a real directory.
package store

import (
	"fmt"
	"math"
	"net/http"
	"path"
	"sync/atomic"
	"time"

	"droppoint.dev/go-comparison/scenarios"
)

// NoQuota is the quota of a store that may hold any number of files.
const NoQuota = math.MaxInt

// Options say how a store works.
type Options struct {
	Variant     string
	Dir         string
	Quota       int // or NoQuota
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

	// Handlers outlive their clients, and over HTTP/2 their connections
	// too: Shutdown alone does not wait for all of them.
	inFlight               *inFlight
	begun, answered, ended atomic.Int64 // saves
}

// New makes a store that knows these files.
func New(options Options, files []string) (*Store, error) {
	served, ok := scenarios.NewServed(
		options.Dir, options.Variant, files, options.Quota, options.Lag)
	if !ok {
		return nil, fmt.Errorf("no variant %q", options.Variant)
	}
	s := &Store{options: options, served: served, mux: http.NewServeMux(), inFlight: newInFlight()}
	if options.Steps {
		s.steps = &steps{saves: map[uint64]*watched{}}
	}
	s.mux.HandleFunc("POST /files", s.postFile)
	// GET patterns also match HEAD.
	s.handleUnread("GET /files/{id}", s.getFile)
	s.handleUnread("DELETE /files/{id}", s.deleteFile)
	s.handleUnread("GET /state", s.getState)
	s.handleUnread("GET /steps", s.getSteps)
	for pattern, allow := range map[string]string{
		"/files": "POST", "/files/{id}": "GET, HEAD, DELETE", "/state": "GET, HEAD", "/steps": "GET, HEAD",
	} {
		s.handleUnread(pattern, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Allow", allow)
			writeError(w, http.StatusMethodNotAllowed, "this method is not for this path")
		})
	}
	s.handleUnread("/", notFound)
	return s, nil
}

// handleUnread registers a handler that does not read the body.
func (s *Store) handleUnread(pattern string, handler http.HandlerFunc) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		leaveUnread(w, r)
		handler(w, r)
	})
}

func notFound(w http.ResponseWriter, _ *http.Request) {
	writeError(w, http.StatusNotFound, "there is no such path")
}

// ServeHTTP implements http.Handler.
func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Before the body is read: a save is under way as soon as its request is.
	if !s.inFlight.begin() {
		writeStopping(w)
		return
	}
	// Deferred, since net/http recovers a panic and serves on.
	defer s.inFlight.end()
	s.setReadDeadline(w, r)
	// ServeMux would redirect to what a path with dots comes to.
	if clean := path.Clean(r.URL.Path); clean != r.URL.Path {
		leaveUnread(w, r)
		notFound(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}
