package runner_test

import (
	"strings"
	"testing"

	"droppoint.dev/go-comparison/trace"
)

// What the sender does, and what the receiver does if all goes well:
// messages at 0, 10 and 20 ms, each passed on 3 ms later, the end at 31.
const (
	sendM1 = "0:sender.sent+m1 sender.queue<m1 "
	sendM2 = "10:sender.sent+m2 sender.queue<m2 "
	sendM3 = "20:sender.sent+m3 sender.queue<m3 "
	passM1 = sendM1 + "queue>m1 3:passed+m1 "
	passM2 = sendM2 + "queue>m2 13:passed+m2 "
	passM3 = sendM3 + "queue>m3 23:passed+m3 "
	sentM  = " sent m1,m2,m3"
	gaveUp = "noticed error(context canceled) "
)

func TestReceive(t *testing.T) {
	const (
		told = "31:told(3 passed) "
		all  = "= passed m1,m2,m3" + sentM
	)
	// Whoever does not heed the context while it passes on, loses
	// nothing: what is not passed on is still in the queue.
	patient := cells{
		"none": passM1 + passM2 + passM3 + told + all,
		"1ms": sendM1 + "queue>m1 1:CUT 3:passed+m1 " + gaveUp + sendM2 + sendM3 +
			"= passed m1 queue m2,m3" + sentM,
		"4ms": passM1 + "4:CUT " + gaveUp + sendM2 + sendM3 + "= passed m1 queue m2,m3" + sentM,
		// At 13 the heartbeat of 12 is due as well, and does nothing.
		"11ms": passM1 + sendM2 + "queue>m2 11:CUT 13:passed+m2 " + gaveUp + sendM3 +
			"= passed m1,m2 queue m3" + sentM,
		"21ms": passM1 + passM2 + sendM3 + "queue>m3 21:CUT 23:passed+m3 " + gaveUp + all,
		"27ms": passM1 + passM2 + passM3 + "27:CUT " + gaveUp + all,
		"36ms": passM1 + passM2 + passM3 + told + "36:CUT " + all,
	}
	testCells(t, "receive", map[string]cells{
		"select": patient,
		"checked-first": merged(patient, cells{
			// The sender has begun before the caller.
			"at-once": sendM1 + "CUT " + gaveUp + sendM2 + sendM3 +
				"= queue m1,m2,m3" + sentM,
		}),
		// In hand when it returns, a message is in no place.
		"pass-with-ctx": merged(patient, cells{
			"1ms": sendM1 + "queue>m1 1:CUT " + gaveUp + sendM2 + sendM3 + "= queue m2,m3" + sentM,
			"11ms": passM1 + sendM2 + "queue>m2 11:CUT " + gaveUp + sendM3 +
				"= passed m1 queue m3" + sentM,
			"21ms": passM1 + passM2 + sendM3 + "queue>m3 21:CUT " + gaveUp +
				"= passed m1,m2" + sentM,
		}),
	})
	// The goroutine a.1 receives on, and stands there with what it got.
	byHelper := func(tale string) string { return strings.ReplaceAll(tale, "queue>", "a.1.queue>") }
	const left = " LEFT (*Relay).receive"
	testCells(t, "receive", map[string]cells{"helper": {
		"none": byHelper(patient["none"]),
		"1ms": byHelper(sendM1 + "queue>m1 1:CUT 3:passed+m1 " + gaveUp + sendM2 + "queue>m2 " + sendM3 +
			"= passed m1 queue m3" + sentM + left),
		"4ms": byHelper(passM1 + "4:CUT " + gaveUp + sendM2 + "queue>m2 " + sendM3 +
			"= passed m1 queue m3" + sentM + left),
		"15ms": byHelper(passM1 + passM2 + "15:CUT " + gaveUp + sendM3 + "queue>m3 " +
			"= passed m1,m2" + sentM + left),
		// No message comes any more: the end of the queue ends it, too.
		"21ms": byHelper(patient["21ms"]),
		"27ms": byHelper(patient["27ms"]),
		"36ms": byHelper(patient["36ms"]),
	}})
}

// The heartbeat does nothing but begin the wait anew: at 6, 18, 24 and
// 30 ms. The one of 12 comes late, when a message has been passed on,
// and is one wait with what begins there.
func TestHeartbeat(t *testing.T) {
	var begun []int64
	for _, e := range do(t, cell(t, "receive/select", "none")).Events {
		if e.Kind == trace.WaitBegun && e.Step == 1 {
			begun = append(begun, e.AtMS)
		}
	}
	equal(t, begun, []int64{0, 3, 6, 13, 18, 23, 24, 30})
}

// At once, the first message and Done are both ready, and select takes
// either.
func TestReceiveRandom(t *testing.T) {
	queued := sendM1 + "CUT " + gaveUp + sendM2 + sendM3 + "= queue m1,m2,m3" + sentM
	for variant, taken := range map[string]string{
		"select": sendM1 + "CUT queue>m1 3:passed+m1 " + gaveUp + sendM2 + sendM3 +
			"= passed m1 queue m2,m3" + sentM,
		"pass-with-ctx": sendM1 + "CUT queue>m1 " + gaveUp + sendM2 + sendM3 + "= queue m2,m3" + sentM,
	} {
		seen := map[string]int{}
		for range 100 {
			seen[tale(do(t, cell(t, "receive/"+variant, "at-once")))]++
		}
		if seen[queued] == 0 || seen[taken] == 0 || len(seen) > 2 {
			t.Errorf("%s: %v", variant, seen)
		}
	}
}
