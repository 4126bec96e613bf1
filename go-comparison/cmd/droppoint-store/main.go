// Command droppoint-store saves files over HTTP, by the Go programs of
// the scenario save-file.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"droppoint.dev/go-comparison/store"
)

func main() {
	opts, err := parse(os.Args[1:])
	switch {
	case err != nil:
		fmt.Fprintf(os.Stderr, "%v\nTry --help.\n", err)
		os.Exit(2)
	case opts.help:
		fmt.Print(help())
		return
	}
	if err := serve(opts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		if usage := (usageError{}); errors.As(err, &usage) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

// usageError is what was asked for wrongly: exit code 2.
type usageError struct{ what string }

func (e usageError) Error() string { return e.what }

func serve(opts options) error {
	found, err := open(opts.Dir)
	if err != nil {
		return err
	}
	fmt.Printf("Found %s in %s; removed %d with a temporary name.\n",
		count(int64(len(found.Files)), "file"), opts.Dir, found.Removed)
	if over := len(found.Files) - opts.Quota; over > 0 {
		fmt.Printf("The quota of %d is exceeded by %d.\n", opts.Quota, over)
	}
	for _, name := range found.Others {
		fmt.Fprintf(os.Stderr, "warning: %s in %s is no file of a store; it is left alone\n", name, opts.Dir)
	}
	s, err := store.New(opts.Options, found.Files)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(opts.host, strconv.Itoa(opts.port)))
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("port %d is in use on %s: choose another with --port, or 0 for any", opts.port, opts.host)
	}
	if err != nil {
		return fmt.Errorf("cannot listen on %s, port %d: %w", opts.host, opts.port, err)
	}
	ctx := untilTold()
	fmt.Printf("Listening on http://%s (go/%s)\n", listener.Addr(), opts.Variant)
	finished, err := store.Serve(ctx, listener, s)
	if err != nil {
		return err
	}
	fmt.Printf("Stopped; %s finished.\n", count(finished, "save"))
	return nil
}

// open makes the folder if it is missing, and takes stock of it.
func open(dir string) (store.Found, error) {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() || errors.Is(err, syscall.ENOTDIR) {
		return store.Found{}, usageError{dir + " is not a folder"}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return store.Found{}, err
	}
	if err := writable(dir); err != nil {
		return store.Found{}, fmt.Errorf("%s: %w", dir, err)
	}
	return store.Scan(dir)
}

// untilTold is done at the first signal. The next one ends the process
// at once.
func untilTold() context.Context {
	ctx, told := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		told()
		if s, ok := (<-signals).(syscall.Signal); ok {
			os.Exit(128 + int(s))
		}
	}()
	return ctx
}

// count says `no files`, `1 file`, `2 files`.
func count(n int64, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	default:
		return fmt.Sprintf("%d %ss", n, noun)
	}
}
