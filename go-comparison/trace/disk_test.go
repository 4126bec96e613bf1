package trace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// The virtual disk takes as long as docs/protocol.md says.
func TestDiskTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		disk := NewEnv("").Disk("disk")
		for _, c := range []struct {
			ms int64
			do func() error
		}{
			{10, func() error { return disk.Write(t.Context(), "x", "") }},
			{2, func() error { return disk.Rename(t.Context(), "x", "y") }},
			{2, func() error { return disk.Remove(t.Context(), "y") }},
		} {
			begin := time.Now()
			if err := c.do(); err != nil {
				t.Error(err)
			}
			if took := time.Since(begin).Milliseconds(); took != c.ms {
				t.Errorf("%d ms instead of %d", took, c.ms)
			}
		}
	})
}

// Both disks behave alike, and their reports add up to what is there.
func TestDisks(t *testing.T) {
	for name, dir := range map[string]string{"memory": "", "directory": t.TempDir()} {
		synctest.Test(t, func(t *testing.T) {
			ctx, rec := recorded(t.Context())
			env := NewEnv(dir)
			disk := env.Disk("disk")
			for _, err := range []error{
				disk.Write(ctx, "x", env.Text()),
				disk.Write(ctx, "y", env.Text()),
				disk.Rename(ctx, "x", "z"),
				disk.Remove(ctx, "y"),
			} {
				if err != nil {
					t.Fatal(err)
				}
			}
			for _, err := range []error{disk.Remove(ctx, "y"), disk.Rename(ctx, "x", "z")} {
				if !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("%s: got %v", name, err)
				}
			}
			events := rec.Close()
			if got := summary(events); got != "a:putx a:puty a:deletex a:putz a:deletey" {
				t.Errorf("%s: %s", name, got)
			}
			folded, err := Fold(events)
			if err != nil {
				t.Fatal(err)
			}
			world, err := env.World()
			if err != nil {
				t.Fatal(err)
			}
			if err := world.SameAs(folded); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := world.SameAs(World{"disk": MapOf(map[string]string{"z": "whole"})}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

// A file on a real disk whose content is not whole is torn.
func TestTornFile(t *testing.T) {
	dir := t.TempDir()
	env := NewEnv(dir)
	env.Disk("disk")
	text := env.Text()
	if len(text) != 1<<20 {
		t.Errorf("the text has %d bytes", len(text))
	}
	if err := os.WriteFile(filepath.Join(dir, "a"), []byte(text[:len(text)-1]), 0o600); err != nil {
		t.Fatal(err)
	}
	world, err := env.World()
	if err != nil || world["disk"].Value("a") != "torn" {
		t.Errorf("%v, %v", world, err)
	}
}
