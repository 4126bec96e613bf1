package store

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
)

// Between the removal of a file and that of its name: there it is not
// known yet whether the file has been deleted or lost.
func TestAFileThatIsReadWhileItIsDeleted(t *testing.T) {
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
