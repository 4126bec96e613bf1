package store

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

const (
	// headTimeout is how long the head of a request may take to arrive.
	headTimeout = 10 * time.Second
	// idleTimeout is how long a connection stays open between requests.
	idleTimeout = 60 * time.Second
)

// Serve answers on the listener until ctx is done or the listener fails,
// and then finishes what was accepted. It speaks HTTP/1.1, and HTTP/2
// with prior knowledge. It returns how many saves ended after that.
func Serve(ctx context.Context, listener net.Listener, store *Store) (finished int64, err error) {
	server := newServer(store)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err = <-failed:
	case <-ctx.Done():
	}

	before := store.ended.Load()
	err = errors.Join(err, shutdown(server))
	store.inFlight.close()
	return store.ended.Load() - before, err
}

func newServer(store *Store) *http.Server {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Server{
		Handler:           store,
		Protocols:         &protocols,
		ConnContext:       withConnection,
		ReadHeaderTimeout: headTimeout,
		// For what the server answers by itself. The store sets another
		// deadline for each request.
		ReadTimeout: headTimeout + store.options.BodyTimeout,
		IdleTimeout: idleTimeout,
		HTTP2: &http.HTTP2Config{
			MaxConcurrentStreams: maxStreams,
			// What deadlines of answers do not reach: the connection.
			WriteByteTimeout: writeTimeout,
		},
	}
}

// shutdown returns when all that was accepted is answered. It has no
// deadline: a save gets the lock in its turn, however many wait. A client
// that sends no body or reads no answer does not keep the store running,
// for each of these has a deadline of its own.
//
// A connection that has begun with HTTP/2 and has no request has no
// deadline. Shutdown closes those that are there, and then also waits for
// those that come later, which is why it is called again.
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
