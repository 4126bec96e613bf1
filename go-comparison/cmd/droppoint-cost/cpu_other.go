//go:build !unix

package main

import "time"

var start = time.Now()

// cpuTime is wall time on systems without getrusage.
func cpuTime() time.Duration { return time.Since(start) }
