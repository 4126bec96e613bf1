package runner

// Patiently lets a test say when it is too late.
var Patiently = patiently
