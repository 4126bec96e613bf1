package runner

// Patiently lets a test run out of patience when it wants to.
var Patiently = patiently
