// The folder of a store. After a start, the index is what lies in the folder.

import { access, constants, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LOCK_FILE, lockFolder } from './folder-lock.js';
import { StartError } from './start-error.js';

/** The names that the store generates. Only such a name becomes a path. */
const ID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** The end of a temporary name: a variant that renames writes to it. */
const PART = '.part';

/** @param {string} name */
export function isId(name) {
  return ID.test(name);
}

/**
 * Creates the folder if it is missing, locks it, lists it, and removes files with a
 * temporary name: their saves were not acknowledged.
 * @param {string} dir
 * @throws {StartError} if it is not a folder, cannot be read or written, or is used
 *   by another store
 */
export async function openFolder(dir) {
  try {
    await mkdir(dir, { recursive: true });
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    lockFolder(dir);
    return await scan(dir);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw code === 'EEXIST' || code === 'ENOTDIR'
      ? new StartError(`${dir} is not a folder`, 2)
      : new StartError(`${dir}: ${message}`, 1);
  }
}

/** @param {string} dir */
async function scan(dir) {
  const found = { files: /** @type {string[]} */ ([]), removed: 0, others: /** @type {string[]} */ ([]) };
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const { name } = entry;
    if (entry.isFile() && isId(name)) {
      found.files.push(name);
    } else if (entry.isFile() && name.endsWith(PART) && isId(name.slice(0, -PART.length))) {
      await rm(join(dir, name));
      found.removed += 1;
    } else if (name !== LOCK_FILE) {
      found.others.push(name);
    }
  }
  found.files.sort();
  found.others.sort();
  return found;
}

/**
 * The name and the size in bytes of everything in the folder but the lock file,
 * sorted by name.
 * @param {string} dir
 */
export async function listing(dir) {
  const names = (await readdir(dir)).filter((name) => name !== LOCK_FILE).sort();
  const sizes = await Promise.all(names.map((name) => size(join(dir, name))));
  return Object.fromEntries(names.flatMap((name, i) => {
    const bytes = sizes[i];
    return bytes === undefined ? [] : [[name, bytes]];
  }));
}

/**
 * Removes what a failed write has left. If that fails as well, the response is
 * still the first error.
 * @param {string} dir
 * @param {string} id
 */
export async function removePartial(dir, id) {
  await Promise.allSettled([id, id + PART].map((name) => rm(join(dir, name), { force: true })));
}

/**
 * @param {string} path
 * @returns {Promise<number | undefined>} undefined if it has been removed since it was listed
 */
async function size(path) {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** @param {unknown} error */
export function isMissing(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT';
}
