package trace

// newDirectory is never called: the runner refuses real time in a page.
func newDirectory(string, string) files { panic("trace: a page has no directory") }
