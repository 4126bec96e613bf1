package main

import (
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
