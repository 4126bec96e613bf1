package trace

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"sync"
	"time"
)

// How long the virtual disk takes.
const (
	writeTime = 10 * time.Millisecond
	otherTime = 2 * time.Millisecond
)

// Disk is a folder of files. As in package os, no operation can be
// interrupted: one that has begun commits, also if its context is
// cancelled. The context only names the task.
type Disk struct {
	name  string
	files files
}

// files stores them: in memory, which takes virtual time, or in a
// directory. Each operation calls changed when it has happened, and
// before any other operation on the same files.
type files interface {
	write(name, text string, changed func()) error
	rename(from, to string, changed func()) error
	remove(name string, changed func()) error
	list() (map[string]string, error)
}

// Write writes a file, or replaces it.
func (d *Disk) Write(ctx context.Context, name, text string) error {
	return d.files.write(name, text, func() { d.put(ctx, name) })
}

// Rename gives a file another name.
func (d *Disk) Rename(ctx context.Context, from, to string) error {
	return d.files.rename(from, to, func() {
		d.delete(ctx, from)
		d.put(ctx, to)
	})
}

// Remove removes a file.
func (d *Disk) Remove(ctx context.Context, name string) error {
	return d.files.remove(name, func() { d.delete(ctx, name) })
}

func (d *Disk) put(ctx context.Context, name string) {
	value := whole // or the operation would have returned an error
	report(ctx, true, Event{Place: d.name, Op: Put, Item: name, Value: &value})
}

func (d *Disk) delete(ctx context.Context, name string) {
	report(ctx, true, Event{Place: d.name, Op: Delete, Item: name})
}

func (d *Disk) state() (State, error) {
	values, err := d.files.list()
	return MapOf(values), err
}

// What a listing says about a file.
const (
	whole = "whole"
	torn  = "torn"
)

// memory is a disk in virtual time.
type memory struct {
	mu    sync.Mutex
	texts map[string]string // by file name
}

func (m *memory) write(name, text string, changed func()) error {
	time.Sleep(writeTime)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.texts[name] = text
	changed()
	return nil
}

func (m *memory) rename(from, to string, changed func()) error {
	time.Sleep(otherTime)
	m.mu.Lock()
	defer m.mu.Unlock()
	text, there := m.texts[from]
	if !there {
		return fmt.Errorf("rename %s: %w", from, fs.ErrNotExist)
	}
	delete(m.texts, from)
	m.texts[to] = text
	changed()
	return nil
}

func (m *memory) remove(name string, changed func()) error {
	time.Sleep(otherTime)
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, there := m.texts[name]; !there {
		return fmt.Errorf("remove %s: %w", name, fs.ErrNotExist)
	}
	delete(m.texts, name)
	changed()
	return nil
}

func (m *memory) list() (map[string]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	values := maps.Clone(m.texts)
	for name := range values {
		values[name] = whole // no write to memory is torn
	}
	return values, nil
}
