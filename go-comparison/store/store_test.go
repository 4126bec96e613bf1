package store

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const someID = "67e55044-10b1-426f-9247-bb680e5fe0c8"

func start(t *testing.T, options Options, files ...string) (s *Store, url string) {
	t.Helper()
	if options.Dir == "" {
		options.Dir = t.TempDir()
	}
	if options.Variant == "" {
		options.Variant = "naive"
	}
	if options.BodyTimeout == 0 {
		options.BodyTimeout = 5 * time.Second
	}
	if options.MaxBody == 0 {
		options.MaxBody = 1 << 20
	}
	s, err := New(options, files)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}

// ask returns the status and the JSON of an answer.
func ask(t *testing.T, method, url, body string) (int, map[string]any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var value map[string]any
	if len(text) > 0 {
		if err := json.Unmarshal(text, &value); err != nil {
			t.Fatalf("%s %s: %v: %s", method, url, err, text)
		}
	}
	return response.StatusCode, value
}

func TestSaveReadDelete(t *testing.T) {
	s, url := start(t, Options{Quota: NoQuota})
	status, saved := ask(t, "POST", url+"/files", `{"text":"häuser"}`)
	if status != http.StatusCreated {
		t.Fatal(status, saved)
	}
	file := url + "/files/" + saved["id"].(string)
	if _, read := ask(t, "GET", file, ""); read["text"] != "häuser" {
		t.Errorf("read %v", read)
	}
	if _, state := ask(t, "GET", url+"/state", ""); state["quota"] != nil || len(state["index"].([]any)) != 1 {
		t.Errorf("state %v", state)
	}
	if status, _ := ask(t, "DELETE", file, ""); status != http.StatusNoContent {
		t.Errorf("deleted: %d", status)
	}
	if status, _ := ask(t, "GET", file, ""); status != http.StatusNotFound {
		t.Errorf("afterwards: %d", status)
	}
	if left, err := list(s.options.Dir); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

func TestErrors(t *testing.T) {
	s, url := start(t, Options{Quota: 1, MaxBody: 40}, someID)
	for _, c := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"POST", "/files", `{"text":""}`, 507, "over quota: the store holds 1 file"},
		{"POST", "/files", `{"text":`, 400, "invalid JSON at byte 8"},
		{"POST", "/files", `{"text":3}`, 400, "the field `text` is not a string"},
		{"POST", "/files", `{"text":null}`, 400, "the field `text` is not a string"},
		{"POST", "/files", `{"Text":"x"}`, 400, "unknown field `Text`"},
		{"POST", "/files", `{}`, 400, "the field `text` is missing"},
		{"POST", "/files", "{\"text\":\"\xff\"}", 400, "not valid UTF-8"},
		{"POST", "/files", `[]`, 400, "not a JSON object"},
		{"POST", "/files", `{"text":"\ud800"}`, 400, "surrogate"},
		{"POST", "/files", `{"text":"\udc00\ud800"}`, 400, "surrogate"},
		{"POST", "/files", `{"text":"a","text":"b"}`, 400, "the field `text` appears twice"},
		{"POST", "/files", `{"text":"` + strings.Repeat("x", 40) + `"}`, 413, "over 40 bytes"},
		{"PUT", "/files", ``, 405, "not for this path"},
		{"GET", "/nowhere", ``, 404, "no such path"},
		{"GET", "/steps", ``, 404, "--steps"},
		{"GET", "/files/..%2fsecret", ``, 404, "no such"},
		{"DELETE", "/files/" + strings.ToUpper(someID), ``, 404, "no such file"},
	} {
		status, answer := ask(t, c.method, url+c.path, c.body)
		if says, _ := answer["error"].(string); status != c.status || !strings.Contains(says, c.says) {
			t.Errorf("%s %s %s: %d %q", c.method, c.path, c.body, status, says)
		}
	}
	if left, err := list(s.options.Dir); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// leave begins a save and leaves when the save is in step 3.
func leave(t *testing.T, s *Store, url string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, "POST", url+"/files", strings.NewReader(`{"text":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Save", "1")
	answered := make(chan error, 1)
	go func() {
		_, err := http.DefaultClient.Do(request)
		answered <- err
	}()
	eventually(t, func() bool {
		s.steps.mu.Lock()
		defer s.steps.mu.Unlock()
		save, begun := s.steps.saves[1]
		return begun && save.Steps[3] > 0
	})
	cancel()
	if err := <-answered; err == nil {
		t.Fatal("it was answered before the client left")
	}
}

// eventually waits until a condition is true, or the test is cancelled.
func eventually(t *testing.T, so func() bool) {
	t.Helper()
	for !so() {
		if t.Context().Err() != nil {
			t.Fatal("the condition was never true")
		}
		time.Sleep(time.Millisecond)
	}
}

func TestLeavingClient(t *testing.T) {
	for variant, want := range map[string][2]int{ // files, names
		"naive":          {1, 1},
		"ctx-checked":    {1, 0},
		"ctx-undo":       {0, 0},
		"without-cancel": {1, 1},
	} {
		t.Run(variant, func(t *testing.T) {
			t.Parallel()
			s, url := start(t, Options{Variant: variant, Quota: 2, Lag: 300 * time.Millisecond, Steps: true})
			leave(t, s, url)
			s.inFlight.close()
			files, err := list(s.options.Dir)
			if err != nil {
				t.Fatal(err)
			}
			if got := [2]int{len(files), s.served.Index.Len()}; got != want {
				t.Errorf("%v on the disk and in the index, want %v", got, want)
			}
			if s.served.Lock.Held() {
				t.Error("the lock is held")
			}
		})
	}
}

// HEAD is GET without the body, and forgets no steps.
func TestHead(t *testing.T) {
	_, url := start(t, Options{Quota: 2, Steps: true})
	request, err := http.NewRequestWithContext(t.Context(), "POST", url+"/files", strings.NewReader(`{"text":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Save", "7")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	file := response.Header.Get("Location")
	for _, path := range []string{file, "/state", "/steps", "/steps"} {
		head, err := http.Head(url + path)
		if err != nil {
			t.Fatal(err)
		}
		head.Body.Close()
		if head.StatusCode != http.StatusOK || head.ContentLength <= 2 {
			t.Errorf("HEAD %s: %s, Content-Length %d", path, head.Status, head.ContentLength)
		}
	}
	got, err := http.Get(url + "/steps")
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if steps, err := io.ReadAll(got.Body); err != nil || !strings.Contains(string(steps), `"save":7`) {
		t.Errorf("after HEAD the steps are %s, %v", steps, err)
	}
	for path, allow := range map[string]string{file: "GET, HEAD, DELETE", "/state": "GET, HEAD", "/files": "POST"} {
		request, err := http.NewRequestWithContext(t.Context(), "PUT", url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if got := response.Header.Get("Allow"); response.StatusCode != http.StatusMethodNotAllowed || got != allow {
			t.Errorf("PUT %s: %s, Allow: %s", path, response.Status, got)
		}
	}
}
