package runner

// WithTimeout is for tests that decide when it is too late.
var WithTimeout = withTimeout
