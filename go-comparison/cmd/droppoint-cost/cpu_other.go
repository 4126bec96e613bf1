//go:build !unix

package main

import "time"

var start = time.Now()

// cpuTime is the time on the wall where the system is not asked.
func cpuTime() time.Duration { return time.Since(start) }
