package runner

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Cut says when a run is cancelled. Its text is the same in the protocol,
// in recordings and on the command line.
type Cut struct {
	kind cutKind
	n    int64 // milliseconds, or the effect's number
}

type cutKind int

const (
	never cutKind = iota
	atOnce
	atInstant
	afterEffect
)

// The cuts without a number: never, and in the same turn as the call.
var (
	Never  = Cut{kind: never}
	AtOnce = Cut{kind: atOnce}
)

// At returns the cut at this instant of virtual time.
func At(ms int64) Cut { return Cut{atInstant, ms} }

// AfterEffect returns the cut right after the caller's n-th effect.
func AfterEffect(n int64) Cut { return Cut{afterEffect, n} }

// String returns the text that ParseCut reads.
func (c Cut) String() string {
	switch c.kind {
	case atOnce:
		return "at-once"
	case atInstant:
		return fmt.Sprintf("%dms", c.n)
	case afterEffect:
		return fmt.Sprintf("after-effect-%d", c.n)
	default:
		return "none"
	}
}

func (c Cut) instant() time.Duration { return time.Duration(c.n) * time.Millisecond }

const (
	// maxMS is the largest instant of the protocol.
	maxMS = 1<<53 - 1
	// lastMS is the last instant, 253 years: time.Duration has 292.
	lastMS = 8e12
	maxN   = 1<<32 - 1
)

const cutForms = "write none, at-once, whole milliseconds such as 510ms, or after-effect-2"

// ParseCut reads the text of a cut.
func ParseCut(text string) (Cut, error) {
	bad := func(why string) (Cut, error) {
		return Cut{}, requestErrorf("invalid cut `%s`: %s", text, why)
	}
	switch text {
	case "none":
		return Never, nil
	case "at-once":
		return AtOnce, nil
	}
	if digits, ok := strings.CutSuffix(text, "ms"); ok {
		if strings.HasPrefix(digits, "-") {
			return bad("time begins at 0 ms")
		}
		ms, ok := number(digits)
		switch {
		case !ok:
			return bad(cutForms)
		case ms > maxMS:
			return bad("more than 2^53 - 1 milliseconds")
		case ms > lastMS:
			return Cut{}, requestErrorf("`%s` is later than Go's clock can reach", text)
		}
		return At(ms), nil
	}
	if digits, ok := strings.CutPrefix(text, "after-effect-"); ok {
		n, ok := number(digits)
		switch {
		case !ok || n > maxN:
			return bad(cutForms)
		case n == 0:
			return bad("effects count from 1")
		}
		return AfterEffect(n), nil
	}
	if strings.HasPrefix(text, "suspension-") {
		return Cut{}, requestErrorf("`%s`: only Rust can cut around a suspension", text)
	}
	return bad(cutForms)
}

// number reads digits only: ParseInt alone would take a sign.
func number(digits string) (int64, bool) {
	n, err := strconv.ParseUint(digits, 10, 63)
	return int64(n), err == nil && strings.Trim(digits, "0123456789") == ""
}
