package store

import (
	"context"
	"net"
	"sync"
)

const (
	// maxStreams is how many requests of one HTTP/2 connection are served
	// at once.
	maxStreams = 100
	// maxAbandoned is how many saves of one connection may be under way
	// without their client.
	maxAbandoned = 20
)

// connection knows the saves of one connection. Over HTTP/2 a client can
// reset a stream as soon as it has sent it. The stream then no longer
// counts, but its handler goes on: without a bound one client could begin
// any number of saves at once.
type connection struct {
	mu    sync.Mutex
	saves map[context.Context]struct{} // those of their requests
}

type connectionKey struct{}

// withConnection is for http.Server.ConnContext.
func withConnection(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, &connection{saves: map[context.Context]struct{}{}})
}

// beginSave counts a save of the request that has this context, unless
// its connection has abandoned too many. The caller must call end.
func beginSave(ctx context.Context) (end func(), ok bool) {
	c, ok := ctx.Value(connectionKey{}).(*connection)
	if !ok { // in a test
		return func() {}, true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	abandoned := 0
	for save := range c.saves {
		if save.Err() != nil {
			abandoned++
		}
	}
	if abandoned >= maxAbandoned {
		return nil, false
	}
	c.saves[ctx] = struct{}{}
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.saves, ctx)
	}, true
}
