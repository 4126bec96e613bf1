// A client leaves while its upload is being saved.
// What is left on the disk?
//
// The store keeps files on the disk and their names in an
// index, and holds `quota` at most. Saving a file:
//   (1) take the lock, check the quota
//   (2) write the file
//   (3) wait a second
//   (4) insert the name into the index, answer
// When the client leaves, its `signal` is aborted. (Node's
// own server has none: it is a controller of ours, aborted
// when the response closes before it was written.)

/**
 * Takes no signal. A promise cannot be stopped from outside:
 * once called, this runs to its end, client or no client.
 * @type {Program}
 */
export async function naive(env, { name, text }) {
  const { at, fs, sleep, lock, index, quota, lag } = env;

  const unlock = await at(1, lock.acquire());
  try {
    if (index.size >= quota) throw new Error('over quota');
    await at(2, fs.writeFile(name, text));
    await at(3, sleep(lag));
    index.add(name);
    return 'saved';
  } finally {
    unlock();
  }
}

/**
 * Checks the signal between the steps, and passes it to the
 * sleep. What the steps have done so far is not undone.
 * @type {Program}
 */
export async function signalChecked(
  env,
  { name, text },
  { signal },
) {
  const { at, fs, sleep, lock, index, quota, lag } = env;

  const unlock = await at(1, lock.acquire({ signal }));
  try {
    signal.throwIfAborted();
    if (index.size >= quota) throw new Error('over quota');
    await at(2, fs.writeFile(name, text));
    signal.throwIfAborted();
    await at(3, sleep(lag, undefined, { signal }));
    index.add(name);
    return 'saved';
  } finally {
    unlock();
  }
}

/**
 * Passes the signal to every call that takes one: they check
 * it before they begin. An aborted `writeFile` rejects, and
 * leaves what it has written so far.
 * @type {Program}
 */
export async function signalWrite(
  env,
  { name, text },
  { signal },
) {
  const { at, fs, sleep, lock, index, quota, lag } = env;

  const unlock = await at(1, lock.acquire({ signal }));
  try {
    if (index.size >= quota) throw new Error('over quota');
    await at(2, fs.writeFile(name, text, { signal }));
    await at(3, sleep(lag, undefined, { signal }));
    index.add(name);
    return 'saved';
  } finally {
    unlock();
  }
}

/**
 * As signalChecked, and removes the file if its name is not in
 * the index. Unlike a destructor, `finally` can await: the
 * lock is held until the file is removed. (The write could
 * have the signal, too: after it has rejected, `writeFile`
 * writes no more. An `rm` that fails hides the first error.)
 * @type {Program}
 */
export async function signalFinally(
  env,
  { name, text },
  { signal },
) {
  const { at, fs, sleep, lock, index, quota, lag } = env;

  const unlock = await at(1, lock.acquire({ signal }));
  try {
    signal.throwIfAborted();
    if (index.size >= quota) throw new Error('over quota');
    try {
      await at(2, fs.writeFile(name, text));
      signal.throwIfAborted();
      await at(3, sleep(lag, undefined, { signal }));
      index.add(name);
      return 'saved';
    } finally {
      if (!index.has(name)) await fs.rm(name, { force: true });
    }
  } finally {
    unlock();
  }
}

/**
 * Checks the signal once, while there is nothing to undo. The
 * commit that follows does not get the signal.
 * @type {Program}
 */
export async function shielded(env, file, { signal }) {
  const { at, lock, index, quota } = env;

  const unlock = await at(1, lock.acquire({ signal }));
  try {
    signal.throwIfAborted();
    if (index.size >= quota) throw new Error('over quota');
    return await commit(env, file);
  } finally {
    unlock();
  }
}

/**
 * @param {Env} env
 * @param {Upload} file
 */
async function commit(env, { name, text }) {
  const { at, fs, sleep, index, lag } = env;

  await at(2, fs.writeFile(name, text));
  await at(3, sleep(lag));
  index.add(name);
  return 'saved';
}

// --- what the programs are given ---

/**
 * @import {
 *   Acquire, At, Disk, NameSet, Sleep,
 * } from '../lab/types.js'
 * @import { CreateWorld } from '../lab/scenario.js'
 *
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Disk} fs as node:fs/promises
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {{ acquire: Acquire }} lock
 * @property {NameSet} index
 * @property {number} quota how many files it may hold
 * @property {number} lag how long (3) takes, in ms
 *
 * @typedef {{ name: string, text: string }} Upload
 *
 * @callback Program
 * @param {Env} env
 * @param {Upload} file
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/** @type {CreateWorld<Program>} */
export function createWorld(lab) {
  const disk = lab.disk('disk');
  const index = lab.set('index');
  const lock = lab.lock('lock');
  // On a real disk a text has to be long, or its write is over
  // before it can be aborted; the lag need not be.
  const { lag, text } = lab.mode === 'real'
    ? { lag: 40, text: 'x'.repeat(1 << 20) }
    : { lag: 1000, text: 'what the client sent' };

  return {
    call: (program, { name, at, sleep }, signal) => program({
      at,
      fs: disk.for(name),
      sleep,
      lock: lock.for(name),
      index: index.for(name),
      quota: 2,
      lag,
    }, { name, text }, { signal }),
  };
}
