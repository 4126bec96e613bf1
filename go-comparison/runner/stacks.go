package runner

import (
	"cmp"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"droppoint.dev/go-comparison/trace"
)

// stack is one goroutine as the runtime prints it. There is no other
// way to learn of goroutines that nobody keeps a list of.
type stack struct {
	id     int
	state  string // such as "sleep" or "chan receive"
	bubble string // such as "synctest bubble 3", or nothing
	frames []frame
}

// frame is a function and the line it stands at, innermost first.
type frame struct{ function, at string }

// stacks are those of all goroutines, this one first.
func stacks() (all []stack) {
	for text := range strings.SplitSeq(dump(true), "\n\n") {
		if s, ok := parseStack(text); ok {
			all = append(all, s)
		}
	}
	return all
}

// goroutine is the number of this goroutine.
func goroutine() int {
	s, _ := parseStack(dump(false))
	return s.id
}

func dump(all bool) string {
	for size := 16 << 10; ; size *= 2 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, all); n < size {
			return string(buf[:n])
		}
	}
}

// parseStack reads
//
//	goroutine 22 [sleep (durable), synctest bubble 3]:
//	example.org/pkg.(*T).Method(0xc000012345)
//		/path/to/file.go:41 +0x1d
//	created by example.org/pkg.F in goroutine 20
//		/path/to/file.go:30 +0x2c
func parseStack(text string) (s stack, ok bool) {
	head, body, _ := strings.Cut(strings.TrimSpace(text), "\n")
	number, rest, _ := strings.Cut(strings.TrimPrefix(head, "goroutine "), " [")
	id, err := strconv.Atoi(number)
	if err != nil {
		return s, false
	}
	s.id = id
	notes := strings.Split(strings.TrimSuffix(rest, "]:"), ", ")
	s.state, _, _ = strings.Cut(notes[0], " (")
	for _, note := range notes {
		if strings.HasPrefix(note, "synctest bubble ") {
			s.bubble = note
		}
	}
	lines := strings.Split(body, "\n")
	for i := 0; i+1 < len(lines) && !strings.HasPrefix(lines[i], "created by "); i += 2 {
		function := lines[i]
		if args := strings.LastIndex(function, "("); args > 0 {
			function = function[:args]
		}
		at, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " +0x")
		s.frames = append(s.frames, frame{function, path.Base(at)})
	}
	return s, true
}

// inThisBubble are the goroutines of the bubble that the first one is
// in, without it and without those that package testing keeps there.
func inThisBubble(all []stack) []stack {
	own := all[0].bubble
	return slices.DeleteFunc(all[1:], func(s stack) bool {
		return s.bubble != own || slices.ContainsFunc(s.frames, func(f frame) bool {
			return strings.HasPrefix(f.function, "testing/synctest.")
		})
	})
}

// since are the goroutines that were not there before.
func since(before, now []stack) []stack {
	return slices.DeleteFunc(now, func(s stack) bool {
		return slices.ContainsFunc(before, func(b stack) bool { return b.id == s.id })
	})
}

// restless says whether one of them will go on by itself. It sees
// those that sleep; a select with a timer among its cases looks to the
// runtime like any other select.
func restless(alive []stack) bool {
	return slices.ContainsFunc(alive, func(s stack) bool { return s.state == "sleep" })
}

// leftOf are those that nobody waits for, by name, with the line of
// the program that each stands at.
func (d *driver) leftOf(alive []stack) (left []trace.Left) {
	for _, s := range alive {
		if d.waitedFor(s.id) {
			continue
		}
		f := s.shown()
		left = append(left, trace.Left{What: "goroutine", Name: f.function, At: f.at})
	}
	slices.SortFunc(left, func(a, b trace.Left) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.At, b.At))
	})
	return left
}

const module = "droppoint.dev/go-comparison/"

// shown is the innermost frame that belongs to a program, or else the
// goroutine's own function.
func (s stack) shown() frame {
	f := s.frames[len(s.frames)-1]
	for _, inner := range s.frames {
		ours := strings.HasPrefix(inner.function, module+"trace.") ||
			strings.HasPrefix(inner.function, module+"runner.")
		if strings.HasPrefix(inner.function, module) && !ours {
			f = inner
			break
		}
	}
	// scenarios.(*Store).Naive is shown as (*Store).Naive.
	_, f.function, _ = strings.Cut(path.Base(f.function), ".")
	return f
}
