//go:build js

// Command droppoint-wasm lets a page run the Go programs: it gives the
// global object a function
//
//	droppointGo(request: string): string
//
// that takes one request of the runner protocol and returns its answer:
// the lines of a run, or an error line. It exists after go.run was called,
// can be called any number of times, and returns when the run is over. If
// the program stops virtual time it returns undefined, and if the program
// loops it never returns: call it in a worker, which can be terminated.
package main

import (
	"strings"
	"syscall/js"
	"testing"

	"droppoint.dev/go-comparison/runner"
	"droppoint.dev/go-comparison/scenarios"
)

// main is a test that never ends: testing/synctest, which makes time
// virtual, takes a *testing.T and nothing else.
func main() {
	testing.Main(
		func(_, _ string) (bool, error) { return true, nil },
		[]testing.InternalTest{{Name: "droppoint-wasm", F: offer}},
		nil, nil,
	)
}

func offer(t *testing.T) {
	js.Global().Set("droppointGo", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var request string
		if len(args) > 0 {
			request = args[0].String() // of a value that is no string: no request
		}
		var answer strings.Builder
		if err := runner.Answer(t, scenarios.All, []byte(request), &answer); err != nil {
			panic(err) // the run hangs, and with it this instance
		}
		return answer.String()
	}))
	select {}
}
