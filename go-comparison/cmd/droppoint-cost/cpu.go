//go:build unix

package main

import (
	"syscall"
	"time"
)

// cpuTime is the CPU time of all threads of the process so far.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err) // only for arguments that do not exist
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
