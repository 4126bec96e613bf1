package store

import (
	"context"
	"errors"
	"math"
	"net"
	"net/http"
	"time"
)

// NoQuota is the quota of a store that may hold any number of files.
const NoQuota = math.MaxInt

// idle is how long a connection is kept on which nothing is asked.
const idle = 60 * time.Second

// Serve answers on the listener until ctx is done, and then finishes
// what was accepted. It speaks HTTP/1.1, and HTTP/2 with prior
// knowledge. It returns how many saves ended after ctx was done.
func Serve(ctx context.Context, listener net.Listener, store *Store) (finished int64, err error) {
	server := serverOf(store)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return 0, err
	case <-ctx.Done():
	}

	before := store.Ended()
	err = shutdown(server)
	store.Wait()
	return store.Ended() - before, err
}

func serverOf(store *Store) *http.Server {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Server{
		Handler:           store,
		Protocols:         &protocols,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       idle,
		// What deadlines of answers do not reach: the connection itself.
		HTTP2: &http.HTTP2Config{WriteByteTimeout: patience},
	}
}

// shutdown returns when all that was accepted is answered. It has no
// deadline: a save gets the lock in its turn, however many wait. A client
// that sends no body or reads no answer does not keep the store up, for
// each of these has a deadline of its own.
//
// One that has begun with HTTP/2 and asks for nothing has none. Shutdown
// sends away those of the moment, and then waits also for those of which
// it learns later, which is why it is called again.
func shutdown(server *http.Server) error {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		err := server.Shutdown(ctx)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
	}
}
