//go:build !js

package runner

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// Exiting has programs that end their process in other ways than a
// scenario does. TestMain gives them to the child.
var Exiting = scenarios.Scenario{
	ID: "exiting", Who: scenarios.Inside, Caller: "a",
	Variants: []scenarios.Variant{
		exiting("fine", func(context.Context, *trace.Set) {}),
		exiting("panics", func(ctx context.Context, done *trace.Set) {
			// All act at the instant of the panic.
			for _, item := range []string{"1", "2", "3"} {
				trace.Go(ctx, func(ctx context.Context) {
					trace.At(ctx, 1)
					time.Sleep(time.Millisecond)
					trace.At(ctx, 2)
					if item == "2" {
						done.Add(ctx, item)
						panic("no more")
					}
					time.Sleep(time.Millisecond)
				})
			}
			time.Sleep(time.Hour)
		}),
		exiting("panics-at-length", func(ctx context.Context, _ *trace.Set) {
			trace.Go(ctx, func(context.Context) { panic(longText) })
			time.Sleep(time.Hour)
		}),
		exiting("prints-too-much", func(context.Context, *trace.Set) {
			_, _ = os.NewFile(1, "stdout").WriteString(strings.Repeat("x", maxMessage+1))
			time.Sleep(time.Hour)
		}),
		exiting("exits", func(context.Context, *trace.Set) { os.Exit(3) }),
		exiting("prints", func(context.Context, *trace.Set) {
			_, _ = os.NewFile(1, "stdout").WriteString("hello\n")
		}),
		exiting("fails", func(context.Context, *trace.Set) {
			go func() { time.Sleep(time.Hour) }()
		}),
		exiting("hangs", func(ctx context.Context, done *trace.Set) {
			done.Add(ctx, "almost")
			var mu sync.Mutex
			mu.Lock()
			mu.Lock() // virtual time does not go on
		}),
	},
}

// longText is longer than a line that bufio.Scanner takes by default.
var longText = strings.Repeat("no more ", 10_000)

func exiting(name string, run func(context.Context, *trace.Set)) scenarios.Variant {
	return scenarios.Variant{Name: name, EndsProcess: true, Program: func(env *trace.Env) scenarios.Handler {
		done := env.Set("done")
		env.Flag("untouched")
		return func(ctx context.Context, _ string) (string, error) {
			run(ctx, done)
			return "done", nil
		}
	}}
}

func exitingJob(t *testing.T, variant string) Job {
	t.Helper()
	job, err := NewJob([]scenarios.Scenario{Exiting}, "exiting", variant, "none", Virtual)
	if err != nil {
		t.Fatal(err)
	}
	return job
}

// A child serves until a run ends it; then another is started.
func TestChildren(t *testing.T) {
	children := newChildren()
	pid := func(variant string) int {
		t.Helper()
		if _, err := do(t, exitingJob(t, variant), children); err != nil {
			t.Fatal(err)
		}
		if children.child == nil {
			return 0
		}
		return children.child.cmd.Process.Pid
	}
	first := pid("fine")
	if again := pid("fine"); again != first {
		t.Errorf("%d, then %d", first, again)
	}
	if again := pid("panics"); again != 0 {
		t.Errorf("%d still serves after a panic", again)
	}
	if next := pid("fine"); next == 0 || next == first {
		t.Errorf("%d, then %d", first, next)
	}
	last := children.child.cmd
	children.close()
	if code := last.ProcessState.ExitCode(); code != 0 {
		t.Errorf("it ended with code %d", code)
	}
}

// The run that ended its process is complete: it has what is certain of the
// last instant, the end, and every place. It is the same each time.
func TestPanicEndsRun(t *testing.T) {
	var first string
	for range 10 {
		run, err := Do(t, exitingJob(t, "panics"))
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, e := range run.Events {
			if e.AtMS == 1 {
				words = append(words, e.Task+" "+string(e.Kind))
			}
		}
		// No events of a.1 and a.3, which may or may not have run.
		if got, want := strings.Join(words, ", "), "a.2 wait-ended, a.2 wait-begun, "+
			"a.2 wait-ended, a.2 effect, a.2 go.panic, a process-ended"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		world := trace.World{"done": trace.SetOf("2"), "untouched": trace.FlagOf(false)}
		if err := run.World.SameAs(world); err != nil || len(run.World) != 2 || run.Ending != trace.Process {
			t.Errorf("%v, %v, %s", err, run.World, run.Ending)
		}
		end := run.Events[len(run.Events)-1]
		if end.Code == nil || *end.Code != 2 || end.Seq != len(run.Events)-1 {
			t.Errorf("ends with %+v", end)
		}
		var text strings.Builder
		if _, err := run.WriteTo(&text); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = text.String()
		}
		if text.String() != first {
			t.Fatalf("%s\nand then\n%s", first, text.String())
		}
	}
}

// However long the text of a panic is, it is in the run.
func TestLongPanicText(t *testing.T) {
	run, err := Do(t, exitingJob(t, "panics-at-length"))
	if err != nil {
		t.Fatalf("%.200s", err)
	}
	for _, e := range run.Events {
		if e.Kind == trace.GoPanic && *e.Error == longText {
			return
		}
	}
	t.Error("the panic is not in the run")
}

// A process that ends in another way, or does not end, is an error, and the
// next run has another process.
func TestUnexpectedExit(t *testing.T) {
	children := newChildren()
	defer children.close()
	fails := func(variant, message string) {
		t.Helper()
		_, err := do(t, exitingJob(t, variant), children)
		if err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%s: got %v", variant, err)
		}
		if _, err := do(t, exitingJob(t, "fine"), children); err != nil {
			t.Errorf("after %s: %v", variant, err)
		}
	}
	fails("exits", "ended with code 3")
	fails("prints", `wrote "hello"`)
	fails("prints-too-much", "longer than")
	fails("fails", "needs a horizon")
	children.timeout = 0
	if _, err := do(t, exitingJob(t, "hangs"), children); err == nil || !strings.Contains(err.Error(), "did not end it within 0s") {
		t.Errorf("got %v", err)
	}
}

// When runs have left many goroutines, the next runs are done in children,
// and are the same.
func TestManyLeftoversOverall(t *testing.T) {
	children := newChildren()
	defer children.close()
	var first string
	pids := map[int]bool{}
	for n := range 2*maxLeft + 10 {
		job, err := NewJob(scenarios.All, "receive", "helper", "4ms", Virtual)
		if err != nil {
			t.Fatal(err)
		}
		run, err := do(t, job, children)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		if _, err := run.WriteTo(&text); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = text.String()
		}
		if text.String() != first {
			t.Fatalf("run %d\n%s\nand at first\n%s", n, text.String(), first)
		}
		if children.child != nil {
			pids[children.child.cmd.Process.Pid] = true
		}
	}
	// This process takes 301, the first child as many.
	if len(pids) != 2 || children.here != maxLeft+1 {
		t.Errorf("%d left here, %d children", children.here, len(pids))
	}
}

// A child ends with its parent, also in a run that hangs.
func TestChildEndsWithItsParent(t *testing.T) {
	cmd := exec.Command(os.Args[0], ChildFlag)
	requests, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	said, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := requests.Write([]byte(`{"scenario":"exiting","variant":"hangs","cut":"none"}` + "\n")); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(said); lines.Scan() && !strings.Contains(lines.Text(), "almost"); {
	}
	if err := requests.Close(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}
