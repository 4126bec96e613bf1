//go:build !js

package trace

import (
	"io/fs"
	"os"
	"sync"
)

// directory is a real disk. The mutex keeps two operations on the
// same files from being reported in another order than they happened.
// It is opened for each operation: one that was removed may come back.
type directory struct {
	mu   sync.Mutex
	path string
	text string // what a whole file holds
}

func newDirectory(path, text string) files { return &directory{path: path, text: text} }

func (d *directory) write(name, text string, changed func()) error {
	return d.do(changed, func(root *os.Root) error {
		return root.WriteFile(name, []byte(text), 0o600)
	})
}

func (d *directory) rename(from, to string, changed func()) error {
	return d.do(changed, func(root *os.Root) error { return root.Rename(from, to) })
}

func (d *directory) remove(name string, changed func()) error {
	return d.do(changed, func(root *os.Root) error { return root.Remove(name) })
}

// do reports a change after the operation, if that has no error.
func (d *directory) do(changed func(), operation func(*os.Root) error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	root, err := os.OpenRoot(d.path)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := operation(root); err != nil {
		return err
	}
	changed()
	return nil
}

// list reads every file: only its content tells whether it is whole.
func (d *directory) list() (map[string]string, error) {
	values := map[string]string{}
	err := d.do(func() {}, func(root *os.Root) error {
		entries, err := fs.ReadDir(root.FS(), ".")
		if err != nil {
			return err
		}
		for _, entry := range entries {
			content, err := root.ReadFile(entry.Name())
			if err != nil {
				return err
			}
			values[entry.Name()] = torn
			if string(content) == d.text {
				values[entry.Name()] = whole
			}
		}
		return nil
	})
	return values, err
}
