package runner

// Tests run out of patience when they want to, and read requests of
// their own.
var (
	Patiently = patiently
	FieldsOf  = fieldsOf
)
