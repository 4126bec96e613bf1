// Command droppoint-cost measures what a call of each variant costs.
// `just bench-cost` builds it with package instant instead of time, and
// sends requests: crates/cost/src/child.rs has the format.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"droppoint.dev/go-comparison/scenarios"
	"droppoint.dev/go-comparison/trace"
)

// clients call concurrently, as many as with tokio.
const clients = 8

func main() {
	if err := serve(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "droppoint-cost: %s\n", err)
		os.Exit(1)
	}
}

type request struct {
	Scenario string `json:"scenario"`
	Variant  string `json:"variant"`
	Calls    int    `json:"calls"`
}

// sample is what one call costs.
type sample struct {
	CPU    float64 `json:"cpu_ns"`
	Wall   float64 `json:"wall_ns"`
	Allocs float64 `json:"allocs"`
	Bytes  float64 `json:"bytes"`
}

// serve lists the programs of these scenarios, and answers each request
// with a sample.
func serve(ids []string, in io.Reader, out io.Writer) error {
	to := json.NewEncoder(out)
	if err := to.Encode(map[string]any{"programs": programs(ids)}); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var r request
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return fmt.Errorf("request %q: %w", lines.Text(), err)
		}
		s, err := measure(r)
		if err != nil {
			return err
		}
		if err := to.Encode(s); err != nil {
			return err
		}
	}
	return lines.Err()
}

// programs are pairs of scenario and variant.
func programs(ids []string) [][2]string {
	found := [][2]string{}
	for _, s := range scenarios.All {
		for _, v := range s.Variants {
			if slices.Contains(ids, s.ID) {
				found = append(found, [2]string{s.ID, v.Name})
			}
		}
	}
	return found
}

func find(r request) (scenarios.Variant, error) {
	for _, s := range scenarios.All {
		for _, v := range s.Variants {
			if s.ID == r.Scenario && v.Name == r.Variant {
				return v, nil
			}
		}
	}
	return scenarios.Variant{}, fmt.Errorf("no program %s/%s", r.Scenario, r.Variant)
}

// measure calls a program from each client, each in a world of its own.
// As in a server, each call has its own context, and no recorder.
func measure(r request) (sample, error) {
	v, err := find(r)
	if err != nil {
		return sample{}, err
	}
	each := (r.Calls + clients - 1) / clients
	errs := make([]error, clients)
	var calls []func()
	for i := range clients {
		call := v.Program(trace.NewEnv(""))
		contexts := make([]context.Context, each)
		for n := range contexts {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			contexts[n] = ctx
		}
		calls = append(calls, func() {
			for _, ctx := range contexts {
				if _, err := call(ctx, "a"); err != nil {
					errs[i] = err
					return
				}
			}
		})
	}
	// Garbage of earlier calls must not count.
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, wall := cpuTime(), time.Now()
	var all sync.WaitGroup
	for _, call := range calls {
		all.Go(call)
	}
	all.Wait()
	tookWall, tookCPU := time.Since(wall), cpuTime()-cpu
	runtime.ReadMemStats(&after)
	for _, err := range errs {
		if err != nil {
			return sample{}, fmt.Errorf("%s/%s: %w", r.Scenario, r.Variant, err)
		}
	}
	n := float64(each * clients)
	return sample{
		CPU:    float64(tookCPU) / n,
		Wall:   float64(tookWall) / n,
		Allocs: float64(after.Mallocs-before.Mallocs) / n,
		Bytes:  float64(after.TotalAlloc-before.TotalAlloc) / n,
	}, nil
}
