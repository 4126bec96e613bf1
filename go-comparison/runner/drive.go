// Package runner runs the programs of the scenarios, cuts them where
// it is told to, and answers requests with runs.
package runner

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// Do runs one job and checks the run against itself. Virtual time is
// to be had from a test only, hence t; no failure is reported to it.
func Do(t *testing.T, job Job) (*trace.Run, error) {
	own := newProcesses()
	defer own.close()
	return do(t, job, own)
}

// do does so with processes that serve others as well.
func do(t *testing.T, job Job, own *processes) (run *trace.Run, err error) {
	switch {
	case job.Mode == Real:
		run, err = inRealTime(t, job)
	case own.wants(job):
		run, err = own.do(job)
	default:
		if run, err = inVirtualTime(t, job); err == nil {
			own.done(run)
		}
	}
	if err != nil {
		return nil, err
	}
	run.Header = trace.Header{
		Schema:   trace.Schema,
		Language: "go",
		Runtime:  map[string]string{"go": strings.TrimPrefix(runtime.Version(), "go")},
		Scenario: job.Scenario.ID,
		Variant:  job.Variant.Name,
		Who:      string(job.Scenario.Who),
		Mode:     job.Mode,
		Cut:      job.Cut.String(),
	}
	return run, run.Check()
}

// driver is what both kinds of time have in common: it calls, cuts,
// and lets the probes follow.
type driver struct {
	job   Job
	env   *trace.Env
	rec   *trace.Recorder
	serve scenarios.Handler

	ctx    context.Context
	cancel context.CancelFunc

	// release lets the probes follow, once the first caller was
	// answered or has left.
	release func()
	// answered is done when every call has returned.
	answered sync.WaitGroup

	mu sync.Mutex
	// own are the driver's goroutines, with the client that each of
	// them still serves.
	own  map[int]string
	gone map[string]bool
}

func newDriver(job Job, env *trace.Env, now func() int64) *driver {
	ctx, cancel := context.WithCancel(context.Background())
	d := &driver{
		job:    job,
		env:    env,
		rec:    trace.NewRecorder(now, job.seen),
		serve:  job.Variant.Program(env),
		ctx:    ctx,
		cancel: cancel,
		own:    map[int]string{},
		gone:   map[string]bool{},
	}
	d.release = sync.OnceFunc(func() { d.answered.Go(d.probe) })
	return d
}

// begin starts the tasks of the world.
func (d *driver) begin() {
	for _, other := range d.env.Others() {
		d.rec.Spawn(other.Name)
		d.answered.Go(func() {
			d.serves(other.Name)
			defer d.serves("")
			other.Run(trace.WithTask(context.Background(), d.rec, other.Name))
			d.rec.Finish(other.Name)
		})
	}
}

// start makes the first call; cut at once, it is made and abandoned in
// the same breath.
func (d *driver) start() {
	caller := d.job.Scenario.Caller
	d.rec.Spawn(caller)
	d.answered.Go(func() {
		// In the goroutine's own turn: else, in real time, the probes
		// could be under way before it.
		if d.job.Cut.kind == atOnce {
			d.request()
		}
		d.call(d.ctx, caller)
		d.release()
	})
}

// probe makes the calls of those who come after the first.
func (d *driver) probe() {
	d.serves("")
	for _, probe := range d.job.Scenario.Probes {
		time.Sleep(time.Millisecond)
		d.rec.Spawn(probe)
		d.answered.Go(func() { d.call(context.Background(), probe) })
	}
}

func (d *driver) call(ctx context.Context, client string) {
	d.serves(client)
	// Once it has returned, its goroutine is not left behind, though it
	// may still be there when a run in real time is over.
	defer d.serves("")
	ctx = trace.WithTask(ctx, d.rec, client)
	value, err := d.serve(ctx, client)
	if d.waits(client) {
		trace.Take(ctx, err)
	}
	d.rec.Answer(client, value, err)
	if d.job.Scenario.Process && client == d.job.Scenario.Caller {
		d.rec.EndProcess(client)
	}
}

// waits says whether the client is still there.
func (d *driver) waits(client string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return !d.gone[client]
}

// serves notes whom this goroutine serves, if anybody.
func (d *driver) serves(client string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.own[goroutine()] = client
}

// request records the cut and cuts.
func (d *driver) request() {
	d.rec.Request(d.job.Scenario.Caller, d.leaves())
	d.cut()
}

// cut does what the cut of this scenario is.
func (d *driver) cut() {
	if d.job.Scenario.Who == scenarios.Inside {
		d.env.Fire()
		return
	}
	d.cancel()
	if d.leaves() {
		d.mu.Lock()
		d.gone[d.job.Scenario.Caller] = true
		d.mu.Unlock()
		d.release()
	}
}

func (d *driver) leaves() bool { return d.job.Scenario.Who == scenarios.Client }

// finish closes the trace and asks the world.
func (d *driver) finish(ending trace.Ending, left []trace.Left) (*trace.Run, error) {
	events := d.rec.Close()
	if err := d.rec.Flood(); err != nil {
		return nil, err
	}
	world, err := d.env.World()
	if err != nil {
		return nil, err
	}
	return &trace.Run{Events: events, Ending: ending, World: world, Left: left}, nil
}

// leftBehind says whether nobody waits for a goroutine: it is not the
// driver's own, or the client that it serves is gone. A call whose
// client is still there is unanswered, which is something else.
func (d *driver) leftBehind(id int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	client, own := d.own[id]
	return !own || d.gone[client]
}
