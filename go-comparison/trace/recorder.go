package trace

import (
	"context"
	"errors"
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
	closed  bool
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
// milliseconds since the run began.
func NewRecorder(now func() int64) *Recorder {
	return &Recorder{
		now:     now,
		waiting: map[string]int{},
		spawned: map[string]int{},
		gone:    map[string]bool{},
	}
}

// add appends an event; the caller holds the mutex.
func (r *Recorder) add(e Event) {
	if r.closed {
		return
	}
	if len(r.events) == maxEvents {
		r.full = true
		return
	}
	e.Seq, e.AtMS = len(r.events), r.now()
	r.events = append(r.events, e)
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

func (r *Recorder) finishChild(task string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.goOn(task)
	r.add(Event{Task: task, Kind: TaskFinished})
}

// Close ends the recording: what happens later, while the run is
// taken down, is no part of it.
func (r *Recorder) Close() []Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	return r.events
}

// Family is the name of the task that the driver started: a for a.1.2.
func Family(task string) string {
	family, _, _ := strings.Cut(task, ".")
	return family
}
