package store

import (
	"context"
	"math"
	"net"
	"net/http"
	"time"
)

// NoQuota is the quota of a store that may hold any number of files.
const NoQuota = math.MaxInt

// Serve answers on the listener until ctx is done, and then finishes
// what was accepted. It speaks HTTP/1.1, and HTTP/2 with prior
// knowledge. It returns how many saves ended after ctx was done.
func Serve(ctx context.Context, listener net.Listener, store *Store) (finished int64, err error) {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{
		Handler:           store,
		Protocols:         &protocols,
		ReadHeaderTimeout: 10 * time.Second,
		// What deadlines of answers do not reach: the connection itself.
		HTTP2: &http.HTTP2Config{WriteByteTimeout: patience},
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return 0, err
	case <-ctx.Done():
	}

	before := store.Ended()
	// Without a deadline: a save gets the lock in its turn, however many
	// wait. A client that sends no body or reads no answer does not keep
	// the store up, for each of these has a deadline of its own.
	err = server.Shutdown(context.Background())
	store.Wait()
	return store.Ended() - before, err
}
