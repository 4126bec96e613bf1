package trace

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Recorder writes down the events of one run. Tasks report from their
// own goroutines, so everything is under one mutex; it is never held
// over a wait, or virtual time would stop.
type Recorder struct {
	now func() int64

	mu      sync.Mutex
	events  []Event
	waiting map[string]int  // the step that a task waits in
	spawned map[string]int  // how many tasks a task has spawned
	gone    map[string]bool // clients that have left
	watched []*Queue
	seen    func(Event)
	closed  bool
	over    bool   // whoever reports now ends
	full    bool   // more than maxEvents
	flooded string // by whom
	cut     cutAfter
}

// cutAfter is the cut that comes after the n-th effect of a family.
type cutAfter struct {
	n      int
	family string
	leaves bool
	do     func()
}

// NewRecorder makes a recorder that reads the clock through now, in
// milliseconds since the run began, and tells each event to seen as it
// happens, if there is a seen.
func NewRecorder(now func() int64, seen func(Event)) *Recorder {
	return &Recorder{
		now:     now,
		seen:    seen,
		waiting: map[string]int{},
		spawned: map[string]int{},
		gone:    map[string]bool{},
	}
}

// add appends an event; the caller holds the mutex.
func (r *Recorder) add(e Event) {
	if r.over {
		runtime.Goexit()
	}
	if r.closed {
		return
	}
	if len(r.events) == maxEvents {
		r.full = true
		return
	}
	e.Seq, e.AtMS = len(r.events), r.now()
	r.events = append(r.events, e)
	if r.seen != nil {
		r.seen(e)
	}
}

// watch makes the recorder look after a queue before each event.
func (r *Recorder) watch(q *Queue) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.watched, q) {
		r.watched = append(r.watched, q)
	}
}

// look lets the queues report first what has left them. Nobody who
// calls it may hold the mutex.
func (r *Recorder) look() {
	r.mu.Lock()
	watched := r.watched
	if r.closed {
		watched = nil
	}
	r.mu.Unlock()
	for _, q := range watched {
		q.look()
	}
}

// goOn ends the wait that the task is in, if any; the caller holds
// the mutex.
func (r *Recorder) goOn(task string) {
	if step, ok := r.waiting[task]; ok {
		delete(r.waiting, task)
		r.add(Event{Task: task, Kind: WaitEnded, Step: step})
	}
}

func (r *Recorder) wait(task string, step int, src string) {
	r.look()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.goOn(task)
	r.waiting[task] = step
	r.add(Event{Task: task, Kind: WaitBegun, Step: step, Src: src})
	r.dam(task)
}

// effect records a change of the world. A running task made it by
// itself if awaited is false; then no wait is open any more.
func (r *Recorder) effect(e Event, awaited bool) {
	e.Kind = Effect
	if cut := r.addEffect(e, awaited); cut != nil {
		cut() // without the mutex: whoever it wakes may report
	}
}

func (r *Recorder) addEffect(e Event, awaited bool) (cut func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !awaited {
		r.goOn(e.Task)
	}
	r.add(e)
	r.dam(e.Task)
	if r.cut.n == 0 || Family(e.Task) != r.cut.family {
		return nil
	}
	if r.cut.n--; r.cut.n > 0 {
		return nil
	}
	r.request(r.cut.family, r.cut.leaves)
	return r.cut.do
}

// CutAfter arranges the cut for the moment right after the n-th
// effect of a family, a task and those it spawned.
func (r *Recorder) CutAfter(n int, family string, leaves bool, do func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cut = cutAfter{n, family, leaves, do}
}

// CutPending says whether the n-th effect has not come yet.
func (r *Recorder) CutPending() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cut.n > 0
}

// Request records the cut under the caller's name. If the client
// leaves, it is told nothing from here on.
func (r *Recorder) Request(task string, leaves bool) {
	r.look()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.request(task, leaves)
}

func (r *Recorder) request(task string, leaves bool) {
	r.gone[task] = leaves
	r.add(Event{Task: task, Kind: CancelRequested})
}

// Spawn records a task that the driver starts.
func (r *Recorder) Spawn(task string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(Event{Task: task, Kind: TaskSpawned})
}

// spawnChild names and records a task that a task starts.
func (r *Recorder) spawnChild(parent string) (task string) {
	r.look()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.spawned[parent]++
	task = childName(parent, r.spawned[parent])
	r.add(Event{Task: task, Kind: TaskSpawned, Parent: parent})
	r.dam(parent)
	return task
}

// Answer records how a task that the driver started came to its end:
// whether it learned of the cancellation, what its client was told if
// that is still there.
func (r *Recorder) Answer(task, value string, err error) {
	r.look()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.goOn(task)
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		r.add(Event{Task: task, Kind: CancelNoticed})
	}
	if !r.gone[task] {
		e := Event{Task: task, Kind: Returned}
		if err != nil {
			text := err.Error()
			e.Error = &text
		} else {
			e.Value = &value
		}
		r.add(e)
	}
	r.add(Event{Task: task, Kind: TaskFinished})
}

// Finish records that a task, not being a caller, has come to its end.
func (r *Recorder) Finish(task string) { r.finish(task, false) }

func (r *Recorder) finish(task string, awaited bool) {
	r.look()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.goOn(task)
	r.add(Event{Task: task, Kind: TaskFinished, Awaited: awaited})
}

// panicked records what a task panics with.
func (r *Recorder) panicked(task string, p any) {
	r.look()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.goOn(task)
	text := fmt.Sprint(p)
	r.add(Event{Task: task, Kind: GoPanic, Error: &text})
}

// Close ends the recording: what happens later, while the run is
// taken down, is no part of it.
func (r *Recorder) Close() []Event {
	r.look()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	return r.events
}

// EndProcess records that main has returned, which ends the process,
// and with it every task.
func (r *Recorder) EndProcess(task string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	code := int64(0)
	r.add(Event{Task: task, Kind: ProcessEnded, Code: &code})
	r.closed, r.over = true, true
}

// ProcessEnded says whether main has returned.
func (r *Recorder) ProcessEnded() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.over
}

// End closes the recording and ends each goroutine that would report
// from now on, before it changes anything: places report first.
func (r *Recorder) End() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed, r.over = true, true
}

// Family is the name of the task that the driver started: a for a.1.2.
func Family(task string) string {
	family, _, _ := strings.Cut(task, ".")
	return family
}
