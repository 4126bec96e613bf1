package store

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"golang.org/x/sys/unix"
)

// id is what the names of stored files look like. No other name is ever
// part of a path.
var id = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

const (
	// partSuffix ends the name of a file that a save has not finished.
	partSuffix = ".part"
	// lockName is the file that a store locks. Stores in other languages
	// lock the same.
	lockName = ".lock"
)

// ErrInUse is the error of Lock when another store has the folder.
var ErrInUse = errors.New("used by another store")

// Lock keeps other stores out of a folder until the file that it returns
// is closed, or the process ends.
func Lock(dir string) (*os.File, error) {
	var file *os.File
	err := inFolder(dir, func(root *os.Root) (err error) {
		file, err = root.OpenFile(lockName, os.O_CREATE|os.O_RDWR, 0o644)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == nil {
		return file, nil
	}
	_ = file.Close()
	if errors.Is(err, unix.EWOULDBLOCK) {
		return nil, ErrInUse
	}
	return nil, &fs.PathError{Op: "flock", Path: file.Name(), Err: err}
}

// Found is what was in a folder.
type Found struct {
	Files   []string // the ids of the stored files
	Removed int      // how many temporary names were removed
	Others  []string // names that are not a store's; they are left alone
}

// Scan reads a folder that is locked: a file under an id is stored, one
// under a temporary name was never acknowledged and is removed.
func Scan(dir string) (found Found, err error) {
	err = inFolder(dir, func(root *os.Root) error {
		entries, err := fs.ReadDir(root.FS(), ".") // sorted
		if err != nil {
			return err
		}
		for _, entry := range entries {
			name := entry.Name()
			stem, temporary := strings.CutSuffix(name, partSuffix)
			switch {
			case name == lockName:
			case !entry.Type().IsRegular() || !id.MatchString(stem):
				found.Others = append(found.Others, name)
			case temporary:
				if err := root.Remove(name); err != nil {
					return err
				}
				found.Removed++
			default:
				found.Files = append(found.Files, name)
			}
		}
		return nil
	})
	return found, err
}

// list returns every name in a folder but the lock's, with its size in bytes.
func list(dir string) (map[string]int64, error) {
	sizes := map[string]int64{}
	err := inFolder(dir, func(root *os.Root) error {
		entries, err := fs.ReadDir(root.FS(), ".")
		if err != nil {
			return err
		}
		for _, entry := range entries {
			info, err := entry.Info()
			switch {
			case errors.Is(err, fs.ErrNotExist) || entry.Name() == lockName:
				// Removed or renamed since it was listed, or no file
				// of a client's.
			case err != nil:
				return err
			default:
				sizes[entry.Name()] = info.Size()
			}
		}
		return nil
	})
	return sizes, err
}

// readFile reads a stored file.
func readFile(dir, id string) (text []byte, err error) {
	err = inFolder(dir, func(root *os.Root) error {
		text, err = root.ReadFile(id)
		return err
	})
	return text, err
}

// removeUnfinished removes what a write that failed has left. Its errors
// are ignored: the disk has failed already.
func removeUnfinished(dir, id string) {
	_ = inFolder(dir, func(root *os.Root) error {
		return errors.Join(root.Remove(id), root.Remove(id+partSuffix))
	})
}

// inFolder opens the folder for one operation: one that was removed may
// come back. Nothing outside of it is reached, not even by a symbolic
// link.
func inFolder(dir string, do func(*os.Root) error) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return do(root)
}
