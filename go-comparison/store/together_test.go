package store

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
)

// A file is read between the removal of the file and that of its name: the
// lock tells whether it is being deleted or was lost.
func TestReadDuringDelete(t *testing.T) {
	for name, want := range map[string]int{"deleted": http.StatusNotFound, "lost": http.StatusInternalServerError} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, err := New(Options{Variant: "naive", Dir: t.TempDir()}, []string{someID})
				if err != nil {
					t.Fatal(err)
				}
				unlock := s.served.Lock.Lock(t.Context())
				answer := httptest.NewRecorder()
				go s.ServeHTTP(answer, httptest.NewRequest("GET", "/files/"+someID, nil))
				synctest.Wait()
				if want == http.StatusNotFound {
					s.served.Index.Remove(t.Context(), someID)
				}
				unlock()
				synctest.Wait()
				if answer.Code != want {
					t.Error(answer.Code, answer.Body)
				}
			})
		})
	}
}
