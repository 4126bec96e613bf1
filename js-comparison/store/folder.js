// The folder of a store: it is the truth, and what the store knows after a
// start is what lies in it.

import { access, constants, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Trouble } from './trouble.js';

/** As the store gives it. Only such a name ever becomes a path. */
const ID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** How the name of a file ends while a variant that renames writes it. */
const PART = '.part';

/** @param {string} name */
export function isId(name) {
  return ID.test(name);
}

/**
 * Makes the folder if it is missing, takes stock of it, and removes what has a
 * temporary name: its save was never acknowledged.
 * @param {string} dir
 * @throws {Trouble} if it is no folder, or cannot be read or written
 */
export async function openFolder(dir) {
  try {
    await mkdir(dir, { recursive: true });
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    return await sweep(dir);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw code === 'EEXIST' || code === 'ENOTDIR'
      ? new Trouble(`${dir} is not a folder`, 2)
      : new Trouble(`${dir}: ${message}`, 1);
  }
}

/** @param {string} dir */
async function sweep(dir) {
  const found = { files: /** @type {string[]} */ ([]), removed: 0, others: /** @type {string[]} */ ([]) };
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const { name } = entry;
    if (entry.isFile() && isId(name)) {
      found.files.push(name);
    } else if (entry.isFile() && name.endsWith(PART) && isId(name.slice(0, -PART.length))) {
      await rm(join(dir, name));
      found.removed += 1;
    } else {
      found.others.push(name);
    }
  }
  found.files.sort();
  found.others.sort();
  return found;
}

/**
 * Every name in the folder with its size in bytes, in order.
 * @param {string} dir
 */
export async function listing(dir) {
  const names = (await readdir(dir)).sort();
  const sizes = await Promise.all(names.map((name) => size(join(dir, name))));
  return Object.fromEntries(names.flatMap((name, i) => {
    const bytes = sizes[i];
    return bytes === undefined ? [] : [[name, bytes]];
  }));
}

/**
 * Removes what a write that failed has left. The disk has refused already:
 * that it refuses this too changes no answer.
 * @param {string} dir
 * @param {string} id
 */
export async function removeRest(dir, id) {
  await Promise.allSettled([id, id + PART].map((name) => rm(join(dir, name), { force: true })));
}

/**
 * @param {string} path
 * @returns {Promise<number | undefined>} undefined: it has gone since it was listed
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
