package store

import (
	"bytes"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// The saves of a client that resets each stream as soon as it has sent it
// are bounded.
func TestRapidReset(t *testing.T) {
	s, err := New(Options{
		Variant: "naive", Dir: t.TempDir(), Quota: NoQuota, BodyTimeout: time.Minute, MaxBody: 100,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	url, end, finished := serving(t, s)
	unlock := s.served.Lock.Lock(t.Context()) // no save ends before all have begun
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	const streams = 1000
	var sent bytes.Buffer
	sent.WriteString(http2.ClientPreface)
	frames := http2.NewFramer(&sent, conn)
	if err := frames.WriteSettings(); err != nil {
		t.Fatal(err)
	}
	var head bytes.Buffer
	fields := hpack.NewEncoder(&head)
	for n := range uint32(streams) {
		head.Reset()
		for _, f := range [][2]string{
			{":method", "POST"}, {":scheme", "http"}, {":authority", "store"}, {":path", "/files"},
		} {
			if err := fields.WriteField(hpack.HeaderField{Name: f[0], Value: f[1]}); err != nil {
				t.Fatal(err)
			}
		}
		id := 2*n + 1
		for _, err := range []error{
			frames.WriteHeaders(http2.HeadersFrameParam{StreamID: id, BlockFragment: head.Bytes(), EndHeaders: true}),
			frames.WriteData(id, true, []byte(`{"text":"x"}`)),
			frames.WriteRSTStream(id, http2.ErrCodeCancel),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := frames.WritePing(false, [8]byte{}); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = conn.Write(sent.Bytes()) }() // the store may stop reading
	// Until the store has read all frames or ends the connection.
	for done := false; !done; {
		frame, err := frames.ReadFrame()
		switch frame := frame.(type) {
		case *http2.GoAwayFrame:
			done = true
		case *http2.PingFrame:
			done = frame.IsAck()
		}
		done = done || err != nil
	}
	unlock()
	end()
	<-finished
	if begun := s.begun.Load(); begun > maxAbandoned+maxStreams {
		t.Errorf("%d saves have begun", begun)
	}
}
