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
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return 0, err
	case <-ctx.Done():
	}

	before := store.Ended()
	// A client that reads no answer does not keep the store up.
	patience, cancel := context.WithTimeout(context.Background(), store.options.BodyTimeout+store.options.Lag)
	defer cancel()
	err = server.Shutdown(patience)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	store.Wait()
	return store.Ended() - before, err
}
