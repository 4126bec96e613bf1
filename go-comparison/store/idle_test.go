package store

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// only is a listener that accepts these connections, and fails when it is
// closed.
type only struct {
	conns chan net.Conn
	close func()
}

func newOnly() only {
	conns := make(chan net.Conn)
	return only{conns, sync.OnceFunc(func() { close(conns) })}
}

func (l only) Accept() (net.Conn, error) {
	conn, ok := <-l.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return conn, nil
}

func (l only) Close() error { l.close(); return nil }

func (only) Addr() net.Addr { return &net.TCPAddr{} }

// onePipe serves one connection within a bubble, and returns its client's
// end.
func onePipe(t *testing.T, s *Store) net.Conn {
	server := newServer(s)
	listener := newOnly()
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { server.Close() })
	client, conn := net.Pipe()
	listener.conns <- conn
	return client
}

// An idle connection is closed. In virtual time.
func TestIdleTimeout(t *testing.T) {
	for name, sent := range map[string]string{
		"HTTP/1.1": "GET /nowhere HTTP/1.1\r\nHost: store\r\n\r\n",
		// The preface, SETTINGS, and that those of the store are seen.
		"HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x04\x01\x00\x00\x00\x00",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, err := New(Options{Variant: "naive", Dir: t.TempDir()}, nil)
				if err != nil {
					t.Fatal(err)
				}
				client := onePipe(t, s)
				go func() { _, _ = io.Copy(client, strings.NewReader(sent)) }()
				began := time.Now()
				said, err := io.ReadAll(client)
				// Over HTTP/2 it waits a second for what is under way.
				if took := time.Since(began); err != nil || took < idleTimeout || took > idleTimeout+time.Second {
					t.Errorf("%v after %v: %q", err, took, said)
				}
			})
		})
	}
}
