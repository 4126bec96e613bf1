package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"droppoint.dev/go-comparison/store"
)

func TestBadArguments(t *testing.T) {
	for _, c := range []struct{ args, says string }{
		{"", "--dir is missing"},
		{"--dir d --variant nope", "there are naive, ctx-checked"},
		{"--dir d --port 65536", "-port: not a whole number from"},
		{"--dir d --quota 0", "-quota: not a whole number from"},
		{"--dir d --lag 1s", "-lag: not a whole number from"},
		{"--dir d --body-timeout 0", "-body-timeout: not a whole number from"},
		{"--dir d --max-body -1", "-max-body: not a whole number from"},
		{"--dir d more", "`more` is not an option"},
		{"--nope", "-nope"},
	} {
		_, err := parse(strings.Fields(c.args))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v, want %q in it", c.args, err, c.says)
		}
	}
}

func TestArguments(t *testing.T) {
	opts, err := parse(strings.Fields("--dir d --variant ctx-undo --quota none --lag 5 --port 80 --steps"))
	if err != nil {
		t.Fatal(err)
	}
	if !filepath.IsAbs(opts.Dir) || opts.Variant != "ctx-undo" || opts.Quota != store.NoQuota ||
		opts.Lag != 5*time.Millisecond || opts.port != 80 || !opts.Steps {
		t.Errorf("%+v", opts)
	}
}

func TestBadUsage(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "--dir", filepath.Join(dir, "made"))
	port := p.url[strings.LastIndex(p.url, ":")+1:]
	for _, c := range []struct {
		args string
		code int
		why  string
	}{
		{"", 2, "--dir is missing"},
		{"--dir " + file, 2, "is not a folder"},
		{"--dir " + file + "/in", 2, "is not a folder"},
		{"--dir x --variant naiv", 2, "there are naive, ctx-checked, ctx-undo, without-cancel"},
		{"--dir x --port 70000", 2, "-port: not a whole number from 0 to 65535"},
		{"--dir x --lag 1s", 2, "-lag: not a whole number"},
		{"--dir x --quota 0", 2, "-quota: not a whole number"},
		{"--dir x --nothing", 2, "nothing"},
		{"--dir x more", 2, "`more` is not an option"},
		{"--dir " + dir + " --port " + port, 1,
			"port " + port + " is in use on 127.0.0.1: choose another with --port, or 0 for any"},
	} {
		cmd := command(t, strings.Fields(c.args)...)
		out, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != c.code || !strings.Contains(string(out), c.why) {
			t.Errorf("%s: exit code %d, %s", c.args, code, out)
		}
	}
	if _, err := os.Stat("x"); err == nil {
		t.Error("a folder was made")
	}
}
