package runner

import (
	"context"
	"reflect"
	"runtime/pprof"
	"testing"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// The format of Go 1.26: a method on a pointer has brackets in its name.
func TestParseFrames(t *testing.T) {
	got := stack{id: 22, state: "sleep", bubble: 3, frames: parseFrames(`time.Sleep(0x3b9aca00)
	/usr/local/go/src/runtime/time.go:363 +0x145
droppoint.dev/go-comparison/scenarios.(*Store).Naive(0xc000012345, {0x1, 0x2})
	/home/me/scenarios/save_file.go:41 +0x1d
droppoint.dev/go-comparison/runner.(*driver).call(...)
	/home/me/runner/drive.go:108
created by sync.(*WaitGroup).Go in goroutine 20
	/usr/local/go/src/sync/waitgroup.go:238 +0x73
`)}
	want := stack{id: 22, state: "sleep", bubble: 3, frames: []frame{
		{"time.Sleep", "time.go:363"},
		{module + "scenarios.(*Store).Naive", "save_file.go:41"},
		{module + "runner.(*driver).call", "drive.go:108"},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if f := got.mainFrame(); shortName(f.function) != "(*Store).Naive" || f.at != "save_file.go:41" {
		t.Errorf("named by %v", f)
	}
}

// The first line may also have labels (GODEBUG=tracebacklabels=1, the
// default from Go 1.27 on) and pointers (GOTRACEBACK=system).
func TestParseHead(t *testing.T) {
	for _, head := range []string{
		`goroutine 22 [sleep (durable), synctest bubble 3]:`,
		`goroutine 22 [sleep (durable), 2 minutes, locked to thread, synctest bubble 3 labels:{"a": "b"}]:`,
		`goroutine 22 [sleep (durable), synctest bubble 3 labels:{"a": ", synctest bubble 4]:"}]:`,
		`goroutine 22 gp=0xc000007180 m=nil [sleep (durable), synctest bubble 3]:`,
		`goroutine 22 gp=0xc000007180 m=0 mp=0x1a2b3c [sleep, synctest bubble 3]:`,
	} {
		got, ok := parseHead(head)
		if !ok || got.id != 22 || got.state != "sleep" || got.bubble != 3 {
			t.Errorf("%s: %t, %+v", head, ok, got)
		}
	}
	for _, head := range []string{"", "no goroutine", "goroutine x [running]:"} {
		if got, ok := parseHead(head); ok {
			t.Errorf("%s: read as %+v", head, got)
		}
	}
	for head, state := range map[string]string{
		`goroutine 1 [running labels:{"a": "b"}]:`: "running",
		`goroutine 1 [chan receive]:`:              "chan receive",
	} {
		if got, ok := parseHead(head); !ok || got.bubble != 0 || got.state != state {
			t.Errorf("%s: %t, %+v", head, ok, got)
		}
	}
}

// Goroutines with labels are found as well.
func TestGoroutinesWithLabels(t *testing.T) {
	t.Setenv("GODEBUG", "tracebacklabels=1")
	job := Job{
		Scenario: scenarios.Scenario{ID: "labels", Who: scenarios.InProcess, Caller: "a"},
		Variant: scenarios.Variant{Program: func(*trace.Env) scenarios.Handler {
			return func(ctx context.Context, _ string) (string, error) {
				pprof.Do(ctx, pprof.Labels("key", "value"), func(ctx context.Context) {
					go func() { <-ctx.Done() }()
				})
				return "done", nil
			}
		}},
		Mode: Virtual,
	}
	run, err := Do(t, job)
	if err != nil || len(run.Left) != 1 {
		t.Errorf("%v, left %v", err, run)
	}
}

// Only those of the same bubble, without package testing's own.
func TestInThisBubble(t *testing.T) {
	in := func(id, bubble int, function string) stack {
		return stack{id: id, bubble: bubble, frames: []frame{{function, "f.go:1"}}}
	}
	got := inThisBubble([]stack{
		in(1, 3, "main"),
		in(2, 3, "program"),
		in(3, 2, "program"),
		in(4, 0, "program"),
		in(5, 3, "testing/synctest.Test"),
	})
	if len(got) != 1 || got[0].id != 2 {
		t.Errorf("got %v", got)
	}
}
