package store

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// serving serves until end is called. The channel receives how many saves
// finished after that.
func serving(t *testing.T, s *Store) (url string, end func(), finished <-chan int64) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	after := make(chan int64, 1)
	go func() {
		n, err := Serve(ctx, listener, s)
		if err != nil {
			t.Error(err)
		}
		after <- n
	}()
	return "http://" + listener.Addr().String(), end, after
}

func TestShutdownFinishesAbandonedSaves(t *testing.T) {
	s, err := New(Options{
		Variant: "naive", Dir: t.TempDir(), Quota: 2, Lag: 300 * time.Millisecond,
		BodyTimeout: 5 * time.Second, MaxBody: 100, Steps: true,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	url, end, finished := serving(t, s)
	leave(t, s, url)
	end()
	if n := <-finished; n != 1 || s.served.Index.Len() != 1 {
		t.Errorf("%d finished, %d in the index", n, s.served.Index.Len())
	}
}

// Saves that wait for the lock are finished, however long that takes.
func TestShutdownFinishesWaitingSaves(t *testing.T) {
	s, err := New(Options{
		Variant: "ctx-checked", Dir: t.TempDir(), Quota: NoQuota, Lag: 200 * time.Millisecond,
		BodyTimeout: 100 * time.Millisecond, MaxBody: 100,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	url, end, finished := serving(t, s)
	const clients = 4
	answers := make(chan string, clients)
	for range clients {
		go func() {
			response, err := http.Post(url+"/files", "application/json", strings.NewReader(`{"text":"x"}`))
			if err != nil {
				answers <- err.Error()
				return
			}
			response.Body.Close()
			answers <- response.Status
		}()
	}
	eventually(t, func() bool { return s.begun.Load()-s.ended.Load() == clients })
	end()
	for range clients {
		if got := <-answers; got != "201 Created" {
			t.Error(got)
		}
	}
	if n := <-finished; n != clients || s.served.Index.Len() != clients {
		t.Errorf("%d finished, %d in the index", n, s.served.Index.Len())
	}
}

// A request is under way before its body has arrived: closing waits for its
// save.
func TestClosingWaitsForBodies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Options{Variant: "naive", Dir: t.TempDir(), Quota: 2, MaxBody: 100}, nil)
		if err != nil {
			t.Fatal(err)
		}
		body, client := io.Pipe()
		answer := httptest.NewRecorder()
		go s.ServeHTTP(answer, httptest.NewRequest("POST", "/files", body))
		synctest.Wait()
		waited := make(chan struct{})
		go func() { s.inFlight.close(); close(waited) }()
		synctest.Wait()
		select {
		case <-waited:
			t.Error("it does not wait for the save")
		default:
		}
		if _, err := io.WriteString(client, `{"text":"x"}`); err != nil {
			t.Fatal(err)
		}
		client.Close()
		<-waited
		if answer.Code != http.StatusCreated || s.served.Index.Len() != 1 {
			t.Error(answer.Code, answer.Body)
		}
	})
}

// When the listener fails, the saves that were accepted are finished.
func TestServeFinishesSavesWhenTheListenerFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Options{
			Variant: "naive", Dir: t.TempDir(), Quota: 2, BodyTimeout: time.Minute, MaxBody: 100,
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		listener := newOnly()
		served := make(chan error, 1)
		go func() {
			_, err := Serve(t.Context(), listener, s)
			served <- err
		}()
		client, conn := net.Pipe()
		listener.conns <- conn
		unlock := s.served.Lock.Lock(t.Context()) // keeps the save waiting
		if _, err := io.WriteString(client, "POST /files HTTP/1.1\r\nHost: store\r\n"+
			"Content-Length: 12\r\n\r\n"+`{"text":"x"}`); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		listener.Close()
		synctest.Wait()
		if len(served) > 0 {
			t.Error("it does not wait for the save")
		}
		unlock()
		said, err := io.ReadAll(client)
		if err != nil || !strings.HasPrefix(string(said), "HTTP/1.1 201 ") {
			t.Errorf("%v: %s", err, said)
		}
		if err := <-served; !errors.Is(err, net.ErrClosed) || s.ended.Load() != 1 {
			t.Errorf("got %v, %d ended", err, s.ended.Load())
		}
	})
}
