package main

import "strings"

// nearest is the name that a mistyped word is most likely meant to be,
// or nothing if none is close.
func nearest(word string, names []string) string {
	best, least := "", max(3, len(word)/2+1)
	for _, name := range names {
		if d := distance(strings.ToLower(word), name); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is Levenshtein's: how many letters must be inserted,
// removed or replaced. It keeps one row of the table.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
