package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// id is what the names of stored files look like, and the only names
// that ever become a path.
var id = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// part ends the name of a file that a save has not finished.
const part = ".part"

// Found is what was in a folder.
type Found struct {
	Files   []string // the ids of the stored files
	Removed int      // how many temporary names were removed
	Others  []string // no files of a store, and left alone
}

// Sweep takes stock of a folder: a file under an id is stored, one
// under a temporary name was never acknowledged and is removed.
func Sweep(dir string) (Found, error) {
	var found Found
	entries, err := os.ReadDir(dir) // sorted
	if err != nil {
		return found, err
	}
	for _, entry := range entries {
		name := entry.Name()
		stem, temporary := strings.CutSuffix(name, part)
		switch {
		case !entry.Type().IsRegular() || !id.MatchString(stem):
			found.Others = append(found.Others, name)
		case temporary:
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				return found, err
			}
			found.Removed++
		default:
			found.Files = append(found.Files, name)
		}
	}
	return found, nil
}

// listing has every name in a folder with its size in bytes.
func listing(dir string) (map[string]int64, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	sizes := map[string]int64{}
	for _, entry := range entries {
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed or renamed since it was listed
		}
		if err != nil {
			return nil, err
		}
		sizes[entry.Name()] = info.Size()
	}
	return sizes, nil
}

// removeRest removes what a write that failed has left. The disk has
// refused already: that it refuses this too changes no answer.
func removeRest(dir, id string) {
	_ = os.Remove(filepath.Join(dir, id))
	_ = os.Remove(filepath.Join(dir, id+part))
}
