// Command droppoint-store saves files over HTTP, by the Go programs of
// the scenario save-file.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"

	"droppoint.dev/go-comparison/store"
)

func main() {
	opts, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		fmt.Print(help())
		return
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "%v\nTry --help.\n", err)
		os.Exit(2)
	}
	if err := serve(opts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		if errors.As(err, new(usageError)) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

// usageError is an error in the arguments: exit code 2.
type usageError string

func (e usageError) Error() string { return string(e) }

func serve(opts options) error {
	if err := makeFolder(opts.Dir); err != nil {
		return err
	}
	lock, err := store.Lock(opts.Dir)
	if errors.Is(err, store.ErrInUse) {
		return fmt.Errorf("the folder %s is %w", opts.Dir, err)
	}
	if err != nil {
		return err
	}
	defer lock.Close()
	found, err := store.Scan(opts.Dir)
	if err != nil {
		return err
	}
	report(found, opts)
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
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// From then on a signal does what it does by default: it ends the process.
	context.AfterFunc(ctx, stop)
	fmt.Printf("Listening on http://%s (go/%s)\n", listener.Addr(), opts.Variant)
	finished, err := store.Serve(ctx, listener, s)
	if err != nil {
		return err
	}
	fmt.Printf("Stopped; %s finished.\n", count(finished, "save"))
	return nil
}

// makeFolder makes the folder if it is missing, and fails if it cannot be
// used.
func makeFolder(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() || errors.Is(err, syscall.ENOTDIR) {
		return usageError(dir + " is not a folder")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := unix.Access(dir, unix.R_OK|unix.W_OK|unix.X_OK); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	return nil
}

// report says what was in the folder.
func report(found store.Found, opts options) {
	fmt.Printf("Found %s in %s; removed %d with a temporary name.\n",
		count(int64(len(found.Files)), "file"), opts.Dir, found.Removed)
	if over := len(found.Files) - opts.Quota; over > 0 {
		fmt.Printf("The quota of %d is exceeded by %d.\n", opts.Quota, over)
	}
	for _, name := range found.Others {
		fmt.Fprintf(os.Stderr, "warning: %s in %s is not a file of a store; it is left alone\n", name, opts.Dir)
	}
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
