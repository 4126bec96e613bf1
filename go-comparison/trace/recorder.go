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

// Recorder records the events of one run. Tasks report from their own
// goroutines, so everything is under one mutex; it is never held over a
// wait, or virtual time would stop.
type Recorder struct {
	now     func() int64
	onEvent func(Event)

	mu      sync.Mutex
	events  []Event
	waiting map[string]int  // the step that a task waits in
	spawned map[string]int  // how many tasks a task has spawned
	gone    map[string]bool // clients that have left
	queues  []*Queue
	closed  bool   // no event is recorded any more
	ended   bool   // and a goroutine that reports is ended
	full    bool   // there were more than maxEvents
	fullAt  string // the task and line that reported one more
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
// milliseconds since the run began. It calls onEvent with each event as
// it happens, unless onEvent is nil.
func NewRecorder(now func() int64, onEvent func(Event)) *Recorder {
	return &Recorder{
		now:     now,
		onEvent: onEvent,
		waiting: map[string]int{},
		spawned: map[string]int{},
		gone:    map[string]bool{},
	}
}

// add appends an event; the caller holds the mutex.
func (r *Recorder) add(e Event) {
	if r.ended {
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
	if r.onEvent != nil {
		r.onEvent(e)
	}
}

// addQueue makes the recorder check a queue before each event.
func (r *Recorder) addQueue(q *Queue) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.queues, q) {
		r.queues = append(r.queues, q)
	}
}

// checkQueues lets the queues first report what was received from them.
// The caller does not hold the mutex.
func (r *Recorder) checkQueues() {
	r.mu.Lock()
	queues := r.queues
	if r.closed {
		queues = nil
	}
	r.mu.Unlock()
	for _, q := range queues {
		q.check()
	}
}

// endWait ends the wait that the task is in, if any; the caller holds
// the mutex.
func (r *Recorder) endWait(task string) {
	if step, ok := r.waiting[task]; ok {
		delete(r.waiting, task)
		r.add(Event{Task: task, Kind: WaitEnded, Step: step})
	}
}

// beginWait records that a task waits in a step, at a line of source.
func (r *Recorder) beginWait(task string, step int, src string) {
	r.checkQueues()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.endWait(task)
	r.waiting[task] = step
	r.add(Event{Task: task, Kind: WaitBegun, Step: step, Src: src})
	r.stopIfFull(task)
}

// effect records a change of the world. If the task waited for it
// (awaited), its wait goes on; else the task made it by itself, and a
// wait that is open is over.
func (r *Recorder) effect(e Event, awaited bool) {
	e.Kind = Effect
	if cut := r.addEffect(e, awaited); cut != nil {
		cut() // without the mutex: a task that it wakes may report
	}
}

func (r *Recorder) addEffect(e Event, awaited bool) (cut func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !awaited {
		r.endWait(e.Task)
	}
	r.add(e)
	r.stopIfFull(e.Task)
	if r.cut.n == 0 || Family(e.Task) != r.cut.family {
		return nil
	}
	if r.cut.n--; r.cut.n > 0 {
		return nil
	}
	r.requestCancel(r.cut.family, r.cut.leaves)
	return r.cut.do
}

// CutAfter arranges the cut for the moment right after the n-th effect
// of a family: a task and those it spawned.
func (r *Recorder) CutAfter(n int, family string, leaves bool, do func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cut = cutAfter{n, family, leaves, do}
}

// CutPending reports whether the n-th effect has not come yet.
func (r *Recorder) CutPending() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cut.n > 0
}

// RequestCancel records the cut under the caller's name. If the client
// leaves, no answer to it is recorded after that.
func (r *Recorder) RequestCancel(task string, leaves bool) {
	r.checkQueues()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requestCancel(task, leaves)
}

func (r *Recorder) requestCancel(task string, leaves bool) {
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
	r.checkQueues()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.spawned[parent]++
	task = childName(parent, r.spawned[parent])
	r.add(Event{Task: task, Kind: TaskSpawned, Parent: parent})
	r.stopIfFull(parent)
	return task
}

// Answer records how a task that the driver started ended: whether it
// noticed the cancellation, and its answer if its client is still there.
func (r *Recorder) Answer(task, value string, err error) {
	r.checkQueues()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.endWait(task)
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

// Finish records the end of a task that has no answer.
func (r *Recorder) Finish(task string) { r.finish(task, false) }

func (r *Recorder) finish(task string, awaited bool) {
	r.checkQueues()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.endWait(task)
	r.add(Event{Task: task, Kind: TaskFinished, Awaited: awaited})
}

// panicked records the panic of a task.
func (r *Recorder) panicked(task string, p any) {
	r.checkQueues()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.endWait(task)
	text := fmt.Sprint(p)
	r.add(Event{Task: task, Kind: GoPanic, Error: &text})
}

// Close ends the recording and returns the events: what happens while
// the run is torn down is not part of it.
func (r *Recorder) Close() []Event {
	r.checkQueues()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	return r.events
}

// EndProcess records that main has returned, which ends the process and
// every task.
func (r *Recorder) EndProcess(task string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	code := int64(0)
	r.add(Event{Task: task, Kind: ProcessEnded, Code: &code})
	r.closed, r.ended = true, true
}

// ProcessEnded reports whether main has returned.
func (r *Recorder) ProcessEnded() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ended
}

// End closes the recording and ends each goroutine that reports after
// that, before it changes anything: places report first.
func (r *Recorder) End() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed, r.ended = true, true
}

// Family returns the name of the task that the driver started: a for a.1.2.
func Family(task string) string {
	family, _, _ := strings.Cut(task, ".")
	return family
}
