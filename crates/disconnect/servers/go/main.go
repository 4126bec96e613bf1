// Command disconnect-go is net/http as a server of the disconnect matrix.
//
// It listens on a free port, says so in a line on standard output, reports the
// facts of each request there, and ends when its standard input does.
package main

import (
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"runtime"
)

func main() {
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /probe/handler/{id}", work)
	mux.HandleFunc("POST /probe/unread/{id}", work)
	mux.HandleFunc("POST /probe/body/{id}", read)
	mux.HandleFunc("GET /probe/stream/{id}", stream)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	server := &http.Server{
		Handler:   mux,
		Protocols: new(http.Protocols),
		// Writing to a client that has gone is the rule here.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	report(fact{
		Fact:    "listening",
		Port:    listener.Addr().(*net.TCPAddr).Port,
		Version: runtime.Version(),
	})
	log.Fatal(server.Serve(listener))
}
