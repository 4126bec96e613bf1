package runner_test

import (
	"strings"
	"testing"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/trace"
)

// A save that nobody disturbs takes 10 ms for the write and 1000 ms of
// lag, and then the lock is free for the next one: 1010 ms. The quota
// counts what the index has.
func TestSaveFile(t *testing.T) {
	const (
		// a is answered at 1010. b starts 1 ms later, writes until
		// 1021, is in at 2021; c has waited for the lock since 1012
		// and finds two names in the index.
		undisturbed = "10 disk+a, 1010 index+a, 1010 a saved, " +
			"1021 disk+b, 2021 index+b, 2021 b saved, 2021 c over quota"
		// a is gone, but its goroutine holds the lock until 1010, when
		// b has waited for it for long. b: 1010 + 1010.
		wentOn = "1010 index+a, 1020 disk+b, 2020 index+b, 2020 b saved, 2020 c over quota"
		// a never began. b starts at 1, c at 2 and gets the lock when
		// b is done: 1 + 1010, 1011 + 1010.
		neverBegan = "0 cut, 0 a noticed, 11 disk+b, 1011 index+b, 1011 b saved, " +
			"1021 disk+c, 2021 index+c, 2021 c saved"
		// The cut comes after the answer and changes nothing.
		tooLate = "10 disk+a, 1010 index+a, 1010 a saved, 1021 disk+b, 1500 cut, " +
			"2021 index+b, 2021 b saved, 2021 c over quota"

		ab     = "disk ab index ab lock free"
		orphan = "disk abc index bc lock free"
		bc     = "disk bc index bc lock free"
	)
	for _, c := range []struct{ variant, cut, story, world string }{
		{"naive", "none", undisturbed, ab},
		// A cancelled context stops nobody who does not look at it.
		{"naive", "at-once", "0 cut, 10 disk+a, " + wentOn, ab},
		{"naive", "5ms", "5 cut, 10 disk+a, " + wentOn, ab},
		{"naive", "510ms", "10 disk+a, 510 cut, " + wentOn, ab},
		{"naive", "1500ms", tooLate, ab},
		// At 1010 everything due is done first: a has its answer.
		{"naive", "1010ms", "10 disk+a, 1010 index+a, 1010 a saved, 1010 cut, " +
			"1021 disk+b, 2021 index+b, 2021 b saved, 2021 c over quota", ab},

		// The last instant that Go's clock is trusted with: 253 years.
		{"naive", "8000000000000ms", undisturbed + ", 8000000000000 cut", ab},

		{"ctx-checked", "none", undisturbed, ab},
		{"ctx-checked", "at-once", neverBegan, bc},
		// The write commits at 10, then a gives up; b has waited since
		// 6: 10 + 1010 = 1020, and c 1020 + 1010 = 2030. The index has
		// room for both, the disk has not.
		{"ctx-checked", "5ms", "5 cut, 10 disk+a, 10 a noticed, 20 disk+b, 1020 index+b, 1020 b saved, " +
			"1030 disk+c, 2030 index+c, 2030 c saved", orphan},
		// The lag ends at once. b starts at 511 and finds the lock
		// free: 1521; c 1521 + 1010 = 2531.
		{"ctx-checked", "510ms", "10 disk+a, 510 cut, 510 a noticed, 521 disk+b, 1521 index+b, 1521 b saved, " +
			"1531 disk+c, 2531 index+c, 2531 c saved", orphan},
		{"ctx-checked", "1500ms", tooLate, ab},

		{"ctx-undo", "none", undisturbed, ab},
		{"ctx-undo", "at-once", neverBegan, bc},
		// As above, and the removal takes until 12: b 12 + 1010.
		{"ctx-undo", "5ms", "5 cut, 10 disk+a, 12 disk-a, 12 a noticed, 22 disk+b, 1022 index+b, 1022 b saved, " +
			"1032 disk+c, 2032 index+c, 2032 c saved", bc},
		// Until 512, under the lock: b, there since 511, waits for it.
		{"ctx-undo", "510ms", "10 disk+a, 510 cut, 512 disk-a, 512 a noticed, 522 disk+b, 1522 index+b, 1522 b saved, " +
			"1532 disk+c, 2532 index+c, 2532 c saved", bc},
		{"ctx-undo", "1500ms", tooLate, ab},

		{"without-cancel", "none", undisturbed, ab},
		{"without-cancel", "at-once", neverBegan, bc},
		{"without-cancel", "5ms", "5 cut, 10 disk+a, " + wentOn, ab},
		{"without-cancel", "510ms", "10 disk+a, 510 cut, " + wentOn, ab},
		{"without-cancel", "1500ms", tooLate, ab},
	} {
		t.Run(c.variant+" "+c.cut, func(t *testing.T) {
			run := do(t, job(t, c.variant, c.cut, runner.Virtual))
			if got := story(run); got != c.story {
				t.Errorf("got  %s\nwant %s", got, c.story)
			}
			if got := world(run); got != c.world {
				t.Errorf("got  %s\nwant %s", got, c.world)
			}
			if run.Ending != trace.Quiet || len(run.Left) > 0 {
				t.Errorf("ending %s, left %v", run.Ending, run.Left)
			}
		})
	}
}

// The steps of one save that is answered, and of one that gives up in
// step 3: step 4 waits for nothing, so nobody is ever in it.
func TestEventsOfOneTask(t *testing.T) {
	begin := []trace.Kind{
		trace.TaskSpawned,
		trace.WaitBegun, trace.Effect, trace.WaitEnded, // the lock
		trace.WaitBegun, trace.Effect, trace.WaitEnded, // the write
		trace.WaitBegun, // the lag
	}
	answered := do(t, job(t, "ctx-checked", "none", runner.Virtual))
	equal(t, kindsOf(answered, "a"), append(begin[:8:8],
		trace.WaitEnded, trace.Effect, trace.Effect, // insert, unlock
		trace.Returned, trace.TaskFinished))

	cut := do(t, job(t, "ctx-checked", "510ms", runner.Virtual))
	equal(t, kindsOf(cut, "a"), append(begin[:8:8],
		trace.CancelRequested, trace.WaitEnded, trace.Effect, // unlock
		trace.CancelNoticed, trace.TaskFinished))

	abandoned := do(t, job(t, "ctx-checked", "at-once", runner.Virtual))
	equal(t, kindsOf(abandoned, "a"), []trace.Kind{
		trace.TaskSpawned, trace.CancelRequested,
		trace.WaitBegun, trace.WaitEnded,
		trace.CancelNoticed, trace.TaskFinished})
}

// The same request is answered with the same bytes, whatever the
// scheduler chose.
func TestDeterminism(t *testing.T) {
	cuts := []string{"none", "at-once", "0ms", "5ms", "10ms", "11ms", "12ms",
		"510ms", "1010ms", "1011ms", "1012ms", "1500ms", "2021ms"}
	for _, variant := range []string{"naive", "ctx-checked", "ctx-undo", "without-cancel"} {
		for _, cut := range cuts {
			j := job(t, variant, cut, runner.Virtual)
			first := string(lines(t, do(t, j)))
			for range 49 {
				if again := string(lines(t, do(t, j))); again != first {
					t.Fatalf("%s %s:\n%s\nand then\n%s", variant, cut, first, again)
				}
			}
		}
	}
}

// On a real disk the same programs are cut after their effects: 1 takes
// the lock, 2 is the write, 3 the insert (or the undo), 4 unlocks. Who
// of two that start 1 ms apart comes first, a busy machine decides.
func TestRealTime(t *testing.T) {
	const (
		bc     = "disk bc index bc lock free"
		orphan = "disk abc index bc lock free"
		// a, and the one who came next.
		ab = "disk ab index ab lock free, disk ac index ac lock free"
		// Any two: nobody had the lock when the others were let in.
		two = ab + ", " + bc
	)
	for _, c := range []struct {
		variant, cut, worlds string
		ending               trace.Ending
	}{
		{"naive", "none", ab, trace.Quiet},
		{"naive", "at-once", two, trace.Quiet},
		{"naive", "after-effect-2", ab, trace.Quiet},
		{"ctx-checked", "at-once", bc, trace.Quiet},
		// With the lock in hand, a still writes: a write does not ask.
		{"ctx-checked", "after-effect-1", orphan, trace.Quiet},
		{"ctx-checked", "after-effect-2", orphan, trace.Quiet},
		{"ctx-checked", "after-effect-3", ab, trace.Quiet},
		{"ctx-undo", "after-effect-1", bc, trace.Quiet},
		{"ctx-undo", "after-effect-2", bc, trace.Quiet},
		{"without-cancel", "after-effect-2", ab, trace.Quiet},
		{"without-cancel", "after-effect-4", ab, trace.Quiet},
		// A save has four effects.
		{"without-cancel", "after-effect-5", ab, trace.Unrealized},
	} {
		t.Run(c.variant+" "+c.cut, func(t *testing.T) {
			run := do(t, job(t, c.variant, c.cut, runner.Real))
			if got := world(run); !strings.Contains(c.worlds, got) || run.Ending != c.ending {
				t.Errorf("got %s, %s; want %s, %s", got, run.Ending, c.worlds, c.ending)
			}
			for _, file := range run.World["disk"].Items() {
				if value := run.World["disk"].Value(file); value != "whole" {
					t.Errorf("%s is %s", file, value)
				}
			}
			cut := c.cut != "none" && c.ending == trace.Quiet
			for _, e := range run.Events {
				if e.AtMS != 0 {
					t.Errorf("event %d has a time", e.Seq)
				}
				if cut && e.Kind == trace.Returned && e.Task == "a" {
					t.Error("a client that left was told something")
				}
			}
		})
	}
}
