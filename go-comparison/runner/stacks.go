package runner

import (
	"cmp"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"droppoint.dev/go-comparison/trace"
)

// stack is one goroutine as the runtime prints it. There is no other way
// to find goroutines that the program does not count.
type stack struct {
	id     int
	state  string // such as "sleep" or "chan receive"
	bubble int    // the number of its bubble, or 0
	frames []frame
}

// frame is a function and the line that it is at. The innermost is first.
type frame struct{ function, at string }

// stacks returns the stacks of all goroutines, this one first.
func stacks() []stack { return stacksOf(func(stack) bool { return true }) }

// stacksOf returns this goroutine's stack and the wanted ones. Only their
// frames are read, since that takes most of the time.
func stacksOf(wanted func(head stack) bool) (all []stack) {
	for text := range strings.SplitSeq(dump(true), "\n\n") {
		head, body, _ := strings.Cut(strings.TrimSpace(text), "\n")
		s, ok := parseHead(head)
		if !ok || len(all) > 0 && !wanted(s) {
			continue
		}
		s.frames = parseFrames(body)
		all = append(all, s)
	}
	return all
}

// bubbleStacks returns those of this goroutine's bubble, this one first.
// Runs may have left thousands in other bubbles, never to end.
func bubbleStacks() []stack {
	own := self().bubble
	return stacksOf(func(s stack) bool { return s.bubble == own })
}

// goroutineID returns the number of this goroutine.
func goroutineID() int { return self().id }

// self returns the first line of this goroutine's stack.
func self() stack {
	head, _, _ := strings.Cut(dump(false), "\n")
	s, _ := parseHead(head)
	return s
}

// stacksSize is a size that the last dump would have fitted in.
var stacksSize atomic.Int64

func dump(all bool) string {
	size := 16 << 10
	if all {
		size = max(size, int(stacksSize.Load()))
	}
	for ; ; size *= 2 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, all); n < size {
			if all {
				stacksSize.Store(int64(n + n/8))
			}
			return string(buf[:n])
		}
	}
}

// parseHead reads the first line of a stack. It may also have pointers
// after the number (GOTRACEBACK=system) and labels before the bracket
// (GODEBUG=tracebacklabels=1), which are quoted texts:
//
//	goroutine 22 [sleep (durable), synctest bubble 3]:
//	goroutine 22 gp=0xc000007180 m=nil [sleep, synctest bubble 3 labels:{"a": "b"}]:
func parseHead(head string) (s stack, ok bool) {
	rest, ok := strings.CutPrefix(head, "goroutine ")
	if !ok {
		return s, false
	}
	if s.id, ok = leadingNumber(rest); !ok {
		return s, false
	}
	_, rest, _ = strings.Cut(rest, " [")
	rest, _, _ = strings.Cut(rest, " labels:{")
	notes := strings.Split(strings.TrimSuffix(rest, "]:"), ", ")
	s.state, _, _ = strings.Cut(notes[0], " (")
	for _, note := range notes {
		if number, ok := strings.CutPrefix(note, "synctest bubble "); ok {
			s.bubble, _ = leadingNumber(number)
		}
	}
	return s, true
}

// leadingNumber returns the number that the text begins with.
func leadingNumber(text string) (n int, ok bool) {
	end := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(text)
	}
	n, err := strconv.Atoi(text[:end])
	return n, err == nil
}

// parseFrames reads the rest of a stack:
//
//	example.org/pkg.(*T).Method(0xc000012345)
//		/path/to/file.go:41 +0x1d
//	created by example.org/pkg.F in goroutine 20
//		/path/to/file.go:30 +0x2c
func parseFrames(body string) (frames []frame) {
	lines := strings.Split(body, "\n")
	for i := 0; i+1 < len(lines) && !strings.HasPrefix(lines[i], "created by "); i += 2 {
		function := lines[i]
		if args := strings.LastIndex(function, "("); args > 0 {
			function = function[:args]
		}
		at, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " +0x")
		frames = append(frames, frame{function, path.Base(at)})
	}
	return frames
}

// inThisBubble returns the goroutines of the same bubble as the first one,
// without it and without those of package testing.
func inThisBubble(all []stack) []stack {
	own := all[0].bubble
	return slices.DeleteFunc(all[1:], func(s stack) bool {
		return s.bubble != own || slices.ContainsFunc(s.frames, func(f frame) bool {
			return strings.HasPrefix(f.function, "testing/synctest.")
		})
	})
}

// startedSince returns the goroutines that did not exist before.
func startedSince(before, now []stack) []stack {
	return slices.DeleteFunc(now, func(s stack) bool {
		return slices.ContainsFunc(before, func(b stack) bool { return b.id == s.id })
	})
}

// sleeping returns one of them that sleeps, and so will go on by itself. A
// select with a timer among its cases looks like any other select.
func sleeping(alive []stack) (stack, bool) {
	i := slices.IndexFunc(alive, func(s stack) bool { return s.state == "sleep" })
	if i < 0 {
		return stack{}, false
	}
	return alive[i], true
}

// leftovers returns those that are leftovers, sorted by name, with the line
// of the program that each is at.
func (d *driver) leftovers(alive []stack) (left []trace.Leftover) {
	for _, s := range alive {
		if !d.isLeft(s.id) {
			continue
		}
		f := s.mainFrame()
		left = append(left, trace.Leftover{What: "goroutine", Name: shortName(f.function), At: f.at})
	}
	slices.SortFunc(left, func(a, b trace.Leftover) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.At, b.At))
	})
	return left
}

const module = "droppoint.dev/go-comparison/"

// programFrame returns the innermost frame that belongs to a program.
func (s stack) programFrame() (frame, bool) {
	for _, f := range s.frames {
		ours := strings.HasPrefix(f.function, module+"trace.") ||
			strings.HasPrefix(f.function, module+"runner.")
		if strings.HasPrefix(f.function, module) && !ours {
			return f, true
		}
	}
	return frame{}, false
}

// mainFrame returns the frame by which the goroutine is named: the program's,
// or else that of the goroutine's function.
func (s stack) mainFrame() frame {
	if f, ok := s.programFrame(); ok {
		return f
	}
	return s.frames[len(s.frames)-1]
}

// shortName returns a function's name without its package: (*Store).Naive.
func shortName(function string) string {
	_, name, _ := strings.Cut(path.Base(function), ".")
	return name
}
