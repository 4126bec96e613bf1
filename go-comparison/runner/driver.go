package runner

import (
	"context"
	"sync"
	"time"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// driver is what runs in virtual and in real time have in common: it
// calls the program, cuts, and starts the probes.
type driver struct {
	job   Job
	env   *trace.Env
	rec   *trace.Recorder
	serve scenarios.Handler

	ctx    context.Context // the first caller's
	cancel context.CancelFunc

	// release starts the probes, when the first caller has its answer
	// or has left.
	release func()
	// calls is done when every call has returned.
	calls sync.WaitGroup

	mu sync.Mutex
	// clients are the driver's goroutines, with the client that each of
	// them serves at the moment.
	clients map[int]string
	gone    map[string]bool // clients that have left
}

func newDriver(job Job, env *trace.Env, now func() int64) *driver {
	ctx, cancel := context.WithCancel(context.Background())
	d := &driver{
		job:     job,
		env:     env,
		rec:     trace.NewRecorder(now, job.onEvent),
		serve:   job.Variant.Program(env),
		ctx:     ctx,
		cancel:  cancel,
		clients: map[int]string{},
		gone:    map[string]bool{},
	}
	d.release = sync.OnceFunc(func() { d.calls.Go(d.startProbes) })
	return d
}

// startOthers starts the tasks of the world.
func (d *driver) startOthers() {
	for _, other := range d.env.Others() {
		d.rec.Spawn(other.Name)
		d.calls.Go(func() {
			d.setClient(other.Name)
			defer d.setClient("")
			other.Run(trace.WithTask(context.Background(), d.rec, other.Name))
			d.rec.Finish(other.Name)
		})
	}
}

// startCaller makes the first call. If it is cut at once, the call is made
// and abandoned in the same turn.
func (d *driver) startCaller() {
	caller := d.job.Scenario.Caller
	d.rec.Spawn(caller)
	d.calls.Go(func() {
		// In the goroutine's own turn: otherwise, in real time, the
		// probes could begin before it.
		if d.job.Cut.kind == atOnce {
			d.cut()
		}
		d.call(d.ctx, caller)
		d.release()
	})
}

// startProbes makes the calls that follow the first.
func (d *driver) startProbes() {
	d.setClient("")
	for _, probe := range d.job.Scenario.Probes {
		time.Sleep(time.Millisecond)
		d.rec.Spawn(probe)
		d.calls.Go(func() { d.call(context.Background(), probe) })
	}
}

func (d *driver) call(ctx context.Context, client string) {
	d.setClient(client)
	// A goroutine whose call has returned is not left over, though it may
	// still exist when a run in real time is over.
	defer d.setClient("")
	ctx = trace.WithTask(ctx, d.rec, client)
	value, err := d.serve(ctx, client)
	if !d.isGone(client) {
		trace.Take(ctx, err)
	}
	d.rec.Answer(client, value, err)
	if d.job.Scenario.Process && client == d.job.Scenario.Caller {
		d.rec.EndProcess(client)
	}
}

// setClient notes which client this goroutine serves; "" is none.
func (d *driver) setClient(client string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clients[goroutineID()] = client
}

func (d *driver) isGone(client string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.gone[client]
}

// cut records the cut and cancels.
func (d *driver) cut() {
	d.rec.RequestCancel(d.job.Scenario.Caller, d.clientLeaves())
	d.requestCancel()
}

// requestCancel fires the event or cancels the caller's context, as the
// contract says.
func (d *driver) requestCancel() {
	if d.job.Scenario.Who == scenarios.Inside {
		d.env.Fire()
		return
	}
	d.cancel()
	if d.clientLeaves() {
		d.mu.Lock()
		d.gone[d.job.Scenario.Caller] = true
		d.mu.Unlock()
		d.release()
	}
}

func (d *driver) clientLeaves() bool { return d.job.Scenario.Who == scenarios.Client }

// finish closes the trace and reads the world.
func (d *driver) finish(ending trace.Ending, left []trace.Leftover) (*trace.Run, error) {
	events := d.rec.Close()
	if err := d.rec.Full(); err != nil {
		return nil, err
	}
	world, err := d.env.World()
	if err != nil {
		return nil, err
	}
	return &trace.Run{Events: events, Ending: ending, World: world, Left: left}, nil
}

// isLeft reports whether a goroutine is a leftover: it is not the driver's, or
// the client that it serves has left. A call whose client is still there
// has no answer, which is another fault.
func (d *driver) isLeft(id int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	client, known := d.clients[id]
	return !known || d.gone[client]
}
