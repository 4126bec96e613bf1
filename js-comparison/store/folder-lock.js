// A lock on the folder of a store, the same as in the stores of the other languages:
// flock(LOCK_EX | LOCK_NB) on its file `.lock`.
//
// Node has no flock. The kernel releases the lock when the process ends, however it
// ends; a lock that is a file or a folder by itself would stay.

import { openSync } from 'node:fs';
import { join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import koffi from 'koffi';
import { StartError } from './start-error.js';

export const LOCK_FILE = '.lock';

const LOCK_EX = 2;
const LOCK_NB = 4;

/**
 * Locks the folder until the process ends.
 * @param {string} dir
 * @throws {StartError} if another store has locked it
 */
export function lockFolder(dir) {
  // Closing the descriptor would release the lock.
  const fd = openSync(join(dir, LOCK_FILE), 'a');
  const flock = koffi.load(null).func('int flock(int fd, int operation)');
  if (flock(fd, LOCK_EX | LOCK_NB) === 0) return;
  const errno = koffi.errno();
  if (errno === koffi.os.errno.EWOULDBLOCK) {
    throw new StartError(`the folder ${dir} is used by another store`, 1);
  }
  const [, text = `error ${errno}`] = getSystemErrorMap().get(-errno) ?? [];
  throw new StartError(`${dir} cannot be locked: ${text}`, 1);
}
