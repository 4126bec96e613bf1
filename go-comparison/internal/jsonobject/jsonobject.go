// Package jsonobject reads JSON objects of strings more strictly than
// encoding/json does, and with errors of its own, since the texts of
// encoding/json differ between versions of Go.
package jsonobject

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Strings reads an object all of whose values are strings. It refuses
// duplicate fields, of which encoding/json takes the last, and strings
// that encoding/json changes: invalid UTF-8 and lone surrogates.
func Strings(data []byte) (map[string]string, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("it is not valid UTF-8")
	}
	var object map[string]json.RawMessage
	err := json.Unmarshal(data, &object)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return nil, fmt.Errorf("invalid JSON at byte %d", syntax.Offset)
	case err != nil || object == nil: // null is no error
		return nil, errors.New("it is not a JSON object")
	case hasLoneSurrogate(data):
		return nil, errors.New(`a \u escape is half of a surrogate pair`)
	}
	fields := make(map[string]string, len(object))
	in := json.NewDecoder(bytes.NewReader(data))
	_, err = in.Token() // the brace
	for err == nil && in.More() {
		var name, value json.Token
		if name, err = in.Token(); err != nil {
			break
		}
		field, _ := name.(string)
		if _, twice := fields[field]; twice {
			return nil, fmt.Errorf("the field `%s` appears twice", field)
		}
		if value, err = in.Token(); err != nil {
			break
		}
		text, ok := value.(string)
		if !ok {
			return nil, fmt.Errorf("the field `%s` is not a string", field)
		}
		fields[field] = text
	}
	if err != nil { // of valid JSON: none
		return nil, errors.New("invalid JSON")
	}
	return fields, nil
}

// hasLoneSurrogate looks for half of a surrogate pair in valid JSON,
// which has backslashes in strings only.
func hasLoneSurrogate(data []byte) bool {
	for {
		at := bytes.IndexByte(data, '\\')
		if at < 0 {
			return false
		}
		data = data[at:]
		unit, ok := escapedUnit(data)
		switch {
		case !ok:
			data = data[2:] // another escape, such as \\
			continue
		case !utf16.IsSurrogate(unit):
			data = data[6:]
			continue
		}
		low, ok := escapedUnit(data[6:])
		if !ok || utf16.DecodeRune(unit, low) == utf8.RuneError {
			return true
		}
		data = data[12:]
	}
}

// escapedUnit is the UTF-16 unit of the \u escape that data begins with.
func escapedUnit(data []byte) (unit rune, ok bool) {
	if !bytes.HasPrefix(data, []byte(`\u`)) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	return rune(n), err == nil
}
