package store

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestScan(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{someID, someID + partSuffix, "notes.txt", "notes.part"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lock, err := Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	found, err := Scan(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(found.Files, []string{someID}) || found.Removed != 1 ||
		!slices.Equal(found.Others, []string{"notes.part", "notes.txt"}) {
		t.Errorf("%+v", found)
	}
}

// A second store cannot lock the folder, and the lock file is not listed.
func TestLock(t *testing.T) {
	dir := t.TempDir()
	first, err := Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(dir); !errors.Is(err, ErrInUse) {
		t.Errorf("a second store: got %v", err)
	}
	if files, err := list(dir); err != nil || len(files) > 0 {
		t.Errorf("listed: %v, %v", files, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	next, err := Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	next.Close()
}

// A symbolic link out of the folder is not followed.
func TestSymbolicLink(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, url := start(t, Options{Quota: 2})
	_, saved := ask(t, "POST", url+"/files", `{"text":""}`)
	file := filepath.Join(s.options.Dir, saved["id"].(string))
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, file); err != nil {
		t.Fatal(err)
	}
	status, answer := ask(t, "GET", url+"/files/"+saved["id"].(string), "")
	if status != http.StatusInternalServerError || answer["text"] != nil {
		t.Error(status, answer)
	}
}
