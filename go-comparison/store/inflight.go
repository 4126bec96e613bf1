package store

import "sync"

// inFlight counts the requests under way. A WaitGroup will not do: over
// HTTP/2 a handler is a goroutine that the server does not wait for, so it
// may begin during Wait.
type inFlight struct {
	mu     sync.Mutex
	n      int
	closed bool
	idle   sync.Cond // on mu: n is 0
}

func newInFlight() *inFlight {
	f := &inFlight{}
	f.idle.L = &f.mu
	return f
}

// begin counts a request. It returns false after close.
func (f *inFlight) begin() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return false
	}
	f.n++
	return true
}

func (f *inFlight) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.n--; f.n == 0 {
		f.idle.Broadcast()
	}
}

// close waits until no request is under way. After that none can begin.
func (f *inFlight) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.n > 0 {
		f.idle.Wait()
	}
	f.closed = true
}
