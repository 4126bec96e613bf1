package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"sync"
	"time"
)

const (
	// As long as in the published table.
	duration = 2 * time.Second
	// Between two parts of a response.
	tick = 50 * time.Millisecond
)

// fact is a line on standard output.
type fact struct {
	At      int64  `json:"at_us"`
	ID      string `json:"id,omitempty"`
	Fact    string `json:"fact"`
	Port    int    `json:"port,omitempty"`
	Version string `json:"version,omitempty"`
}

var (
	begun = time.Now() // with its monotonic part
	lines sync.Mutex
	out   = json.NewEncoder(os.Stdout)
)

func report(it fact) {
	lines.Lock()
	defer lines.Unlock()
	it.At = time.Since(begun).Microseconds()
	// When nobody reads any more, standard input has ended as well.
	_ = out.Encode(it)
}

// work takes two seconds, or until its context is cancelled. A body that comes
// with the request stays unread.
func work(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	report(fact{ID: id, Fact: "begun"})
	select {
	case <-r.Context().Done():
		report(fact{ID: id, Fact: "cancelled"})
	case <-time.After(duration):
		report(fact{ID: id, Fact: "finished"})
	}
}

// read reads the body, and waits two seconds for a part that does not come.
func read(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	report(fact{ID: id, Fact: "begun"})
	over := make(chan string, 1)
	go func() {
		part := make([]byte, 1024)
		for {
			n, err := r.Body.Read(part)
			if n > 0 {
				report(fact{ID: id, Fact: "received"})
			}
			switch err {
			case nil:
			case io.EOF:
				over <- "complete"
				return
			default:
				over <- "error"
				return
			}
		}
	}()
	select {
	case how := <-over:
		report(fact{ID: id, Fact: how})
	case <-r.Context().Done():
		report(fact{ID: id, Fact: "cancelled"})
	case <-time.After(duration):
		report(fact{ID: id, Fact: "finished"})
	}
}

// stream sends its response bit by bit, for two seconds.
func stream(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	report(fact{ID: id, Fact: "begun"})
	control := http.NewResponseController(w)
	for range duration / tick {
		_, err := io.WriteString(w, "tick\n")
		if err == nil {
			err = control.Flush()
		}
		if err != nil {
			report(fact{ID: id, Fact: "error"})
			return
		}
		select {
		case <-r.Context().Done():
			report(fact{ID: id, Fact: "cancelled"})
			return
		case <-time.After(tick):
		}
	}
	report(fact{ID: id, Fact: "finished"})
}
