package trace

import (
	"os"
	"path/filepath"
	"sync"
)

// directory is a real disk. The mutex keeps two operations on the
// same files from being reported in another order than they happened.
type directory struct {
	mu   sync.Mutex
	path string
	text string // what a whole file holds
}

func (d *directory) write(name, text string, changed func()) error {
	return d.do(changed, func() error {
		return os.WriteFile(d.file(name), []byte(text), 0o600)
	})
}

func (d *directory) rename(from, to string, changed func()) error {
	return d.do(changed, func() error {
		return os.Rename(d.file(from), d.file(to))
	})
}

func (d *directory) remove(name string, changed func()) error {
	return d.do(changed, func() error { return os.Remove(d.file(name)) })
}

func (d *directory) do(changed func(), operation func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := operation(); err != nil {
		return err
	}
	changed()
	return nil
}

func (d *directory) file(name string) string { return filepath.Join(d.path, name) }

// list reads every file: only its content tells whether it is whole.
func (d *directory) list() (map[string]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	entries, err := os.ReadDir(d.path)
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	for _, entry := range entries {
		content, err := os.ReadFile(d.file(entry.Name()))
		if err != nil {
			return nil, err
		}
		values[entry.Name()] = torn
		if string(content) == d.text {
			values[entry.Name()] = whole
		}
	}
	return values, nil
}
