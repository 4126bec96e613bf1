package runner

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// fieldsOf reads a JSON object all of whose values are texts. It takes
// nothing that a request cannot be: unknown and doubled fields, and
// names spelled differently, would all pass encoding/json (which a
// browser would have to load besides).
func fieldsOf(line []byte) (map[string]string, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("not UTF-8")
	}
	in := &input{string(line)}
	switch err := in.take('{'); {
	case errors.Is(err, errShort):
		return nil, err
	case err != nil:
		return nil, errors.New("not a JSON object")
	}
	fields := map[string]string{}
	for first := true; in.next() != '}'; first = false {
		if !first {
			if err := in.take(','); err != nil {
				return nil, err
			}
		}
		if err := in.field(fields); err != nil {
			return nil, err
		}
	}
	_ = in.take('}')
	if in.next() != 0 || in.rest != "" {
		return nil, errors.New("something follows the object")
	}
	return fields, nil
}

var errShort = errors.New("the line ends too early")

// input is what has not been read yet.
type input struct{ rest string }

// next is the next character that is no white space, or 0 at the end.
func (in *input) next() byte {
	in.rest = strings.TrimLeft(in.rest, " \t\r\n")
	if in.rest == "" {
		return 0
	}
	return in.rest[0]
}

func (in *input) take(want byte) error {
	if in.next() != want {
		return in.unexpected()
	}
	in.rest = in.rest[1:]
	return nil
}

func (in *input) unexpected() error {
	r, size := utf8.DecodeRuneInString(in.rest)
	if size == 0 {
		return errShort
	}
	return fmt.Errorf("invalid character %q", r)
}

// field reads a name and a value.
func (in *input) field(fields map[string]string) error {
	name, err := in.text()
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"scenario", "variant", "cut", "mode"}, name) {
		return fmt.Errorf("unknown field `%s`", name)
	}
	if _, twice := fields[name]; twice {
		return fmt.Errorf("the field `%s` stands there twice", name)
	}
	if err := in.take(':'); err != nil {
		return err
	}
	if next := in.next(); next != '"' && next != 0 {
		return fmt.Errorf("the field `%s` is not a text", name)
	}
	fields[name], err = in.text()
	return err
}

// text reads a text in quotes.
func (in *input) text() (string, error) {
	if err := in.take('"'); err != nil {
		return "", err
	}
	var text strings.Builder
	for {
		end := strings.IndexFunc(in.rest, func(r rune) bool {
			return r == '"' || r == '\\' || r < ' '
		})
		if end < 0 {
			return "", errShort
		}
		text.WriteString(in.rest[:end])
		in.rest = in.rest[end:]
		switch in.rest[0] {
		case '"':
			in.rest = in.rest[1:]
			return text.String(), nil
		case '\\':
			r, err := in.escape()
			if err != nil {
				return "", err
			}
			text.WriteRune(r)
		default:
			return "", in.unexpected()
		}
	}
}

// escape reads a backslash and what belongs to it.
func (in *input) escape() (rune, error) {
	if len(in.rest) < 2 {
		return 0, errShort
	}
	letter := in.rest[1]
	if letter == 'u' {
		r, err := in.unit()
		if err != nil || !utf16.IsSurrogate(r) || !strings.HasPrefix(in.rest, `\u`) {
			return r, err // half of a pair is written as U+FFFD
		}
		before := in.rest
		second, err := in.unit()
		pair := utf16.DecodeRune(r, second)
		if err == nil && pair == utf8.RuneError {
			in.rest = before // two that are no pair
		}
		return pair, err
	}
	const letters, meanings = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	i := strings.IndexByte(letters, letter)
	in.rest = in.rest[1:]
	if i < 0 {
		return 0, in.unexpected()
	}
	in.rest = in.rest[1:]
	return rune(meanings[i]), nil
}

// unit reads \u and four digits.
func (in *input) unit() (rune, error) {
	if len(in.rest) < 6 {
		return 0, errShort
	}
	n, err := strconv.ParseUint(in.rest[2:6], 16, 16)
	if err != nil {
		return 0, fmt.Errorf("invalid escape %q", in.rest[:6])
	}
	in.rest = in.rest[6:]
	return rune(n), nil
}
