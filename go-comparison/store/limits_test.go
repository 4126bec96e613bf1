package store

import (
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// send sends bytes, and reads until the store closes the connection.
func send(t *testing.T, url, request string) (answer string, err error) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	read, err := io.ReadAll(conn)
	return string(read), err
}

// A body that no handler reads has its deadline, too: the server waits for
// the rest of it before it reads the next request.
func TestSlowBody(t *testing.T) {
	_, url := start(t, Options{Quota: 2, BodyTimeout: 50 * time.Millisecond})
	for head, want := range map[string]string{
		"POST /files":   "HTTP/1.1 408 ",
		"POST /nowhere": "HTTP/1.1 404 ",
		"GET /state":    "HTTP/1.1 200 ",
		"PUT /files":    "HTTP/1.1 405 ",
	} {
		said, err := send(t, url, head+" HTTP/1.1\r\nHost: store\r\nContent-Length: 9\r\n\r\n{")
		if err != nil || !strings.HasPrefix(said, want) {
			t.Errorf("%s: %v: %s", head, err, said)
		}
	}
}

// A body without Content-Length is found to be too large while it is read.
func TestChunkedBodyTooLarge(t *testing.T) {
	_, url := start(t, Options{Quota: 2, MaxBody: 30})
	body := io.MultiReader(strings.NewReader(strings.Repeat(" ", 31)))
	response, err := http.Post(url+"/files", "application/json", body)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Error(response.Status)
	}
}

// The deadline of the body is over long before the save is.
func TestBodyTimeoutDoesNotCancelTheSave(t *testing.T) {
	_, url := start(t, Options{
		Variant: "ctx-checked", Quota: 2, BodyTimeout: 50 * time.Millisecond, Lag: 200 * time.Millisecond,
	})
	if status, answer := ask(t, "POST", url+"/files", `{"text":""}`); status != http.StatusCreated {
		t.Error(status, answer)
	}
}

// A file that another program has removed can be deleted: its name must not
// stay in the index.
func TestDeleteOfARemovedFile(t *testing.T) {
	s, url := start(t, Options{Quota: 2})
	_, saved := ask(t, "POST", url+"/files", `{"text":""}`)
	id := saved["id"].(string)
	if err := os.Remove(filepath.Join(s.options.Dir, id)); err != nil {
		t.Fatal(err)
	}
	if status, answer := ask(t, "DELETE", url+"/files/"+id, ""); status != http.StatusNoContent {
		t.Error(status, answer)
	}
	if n := s.served.Index.Len(); n != 0 {
		t.Errorf("%d in the index", n)
	}
}

// An error of the disk is in the answer, without the path.
func TestDiskError(t *testing.T) {
	s, url := start(t, Options{Quota: 2})
	if err := os.RemoveAll(s.options.Dir); err != nil {
		t.Fatal(err)
	}
	status, answer := ask(t, "POST", url+"/files", `{"text":""}`)
	if status != http.StatusInternalServerError || answer["error"] != "the disk refused: no such file or directory" {
		t.Error(status, answer)
	}
}

// A client that waits for 100 Continue and gets an answer instead sends
// no body: the connection is closed, and not only when the time of the
// body is up.
func TestExpectContinue(t *testing.T) {
	s, err := New(Options{
		Variant: "naive", Dir: t.TempDir(), Quota: 2, BodyTimeout: time.Hour, MaxBody: 100,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	url, end, finished := serving(t, s)
	for head, want := range map[string]string{
		"POST /files":   "HTTP/1.1 413 ",
		"POST /nowhere": "HTTP/1.1 404 ",
		"GET /a/../b":   "HTTP/1.1 404 ",
		"GET /state":    "HTTP/1.1 200 ",
		"PUT /files":    "HTTP/1.1 405 ",
	} {
		said, err := send(t, url, head+" HTTP/1.1\r\nHost: store\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n")
		if err != nil || !strings.HasPrefix(said, want) || strings.Contains(said, "100 Continue") {
			t.Errorf("%s: %v: %s", head, err, said)
		}
	}
	end()
	<-finished
}

// Without a body the header has no effect: the context of the request is
// not cancelled.
func TestExpectContinueWithoutBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Options{Variant: "naive", Dir: t.TempDir()}, []string{someID})
		if err != nil {
			t.Fatal(err)
		}
		client := onePipe(t, s)
		unlock := s.served.Lock.Lock(t.Context()) // for which the request waits
		get := "GET /files/" + someID + " HTTP/1.1\r\nHost: store\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
		if _, err := io.WriteString(client, get); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		s.served.Index.Remove(t.Context(), someID)
		unlock()
		said, err := io.ReadAll(client)
		if err != nil || !strings.HasPrefix(string(said), "HTTP/1.1 404 ") {
			t.Errorf("%v: %s", err, said)
		}
	})
}

// A request that net/http refuses has a deadline as well, or the store would
// never end.
func TestUnknownExpectation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Options{Variant: "naive", Dir: t.TempDir(), BodyTimeout: time.Minute}, nil)
		if err != nil {
			t.Fatal(err)
		}
		client := onePipe(t, s)
		go func() {
			_, _ = io.WriteString(client, "POST /files HTTP/1.1\r\nHost: store\r\nExpect: more\r\nContent-Length: 9\r\n\r\n")
		}()
		said, err := io.ReadAll(client)
		if err != nil || !strings.HasPrefix(string(said), "HTTP/1.1 417 ") {
			t.Errorf("%v: %s", err, said)
		}
	})
}
