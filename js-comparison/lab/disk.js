// A disk in memory. Its operations take virtual time, and an abort does to them
// what it does to Node's.
//
// 1. A change is an effect when it commits: after 10 ms for a write, after 2 ms
//    for a rename or a removal, whether or not the promise is still awaited.
// 2. An aborted write leaves a torn file at the instant of the abort, and rejects
//    as Node's does. If the signal is aborted before the call, nothing is written.
// 3. Renaming and removing take no signal and cannot be stopped.
//
// The short texts of the scenarios represent long ones. Node writes pieces of
// 512 KiB and checks the signal before each: an abort during the last piece
// changes nothing, and a text of one piece is written whole or (as an empty file)
// not at all. test/torn.test.js shows this for Node and for this disk.

import { wait } from './wait.js';

/** @import { Clock } from './clock.js' */
/** @import { Recorder } from './recorder.js' */
/** @import { Disk } from './types.js' */

const WRITE_MS = 10;
const MOVE_MS = 2;

/**
 * @typedef {object} File
 * @property {string} text what is in it
 * @property {string} intended what was to be written
 */

export class MemoryDisk {
  /** @type {Map<string, File>} */
  #files = new Map();
  #clock;
  #recorder;
  #place;

  /**
   * @param {Clock} clock
   * @param {Recorder} recorder
   * @param {string} place
   */
  constructor(clock, recorder, place) {
    this.#clock = clock;
    this.#recorder = recorder;
    this.#place = place;
  }

  /**
   * The disk as one task sees it: effects carry the task's name.
   * @param {string} task
   * @returns {Disk}
   */
  for(task) {
    return {
      writeFile: (path, text, { signal } = {}) =>
        wait(this.#clock, WRITE_MS, {
          signal,
          onTime: () => this.#put(task, path, { text, intended: text }),
          onAbort: () => this.#put(task, path, {
            text: text.slice(0, text.length / 2),
            intended: text,
          }),
        }),

      rename: (from, to) => wait(this.#clock, MOVE_MS, {
        onTime: () => {
          const file = this.#files.get(from);
          if (!file) throw notFound('rename', from, to);
          this.#delete(task, from);
          this.#put(task, to, file);
        },
      }),

      unlink: (path) => this.#remove(task, path, 'unlink'),

      rm: (path, { force = false } = {}) =>
        // `rm` calls lstat first, and that is the call that fails.
        this.#remove(task, path, force ? undefined : 'lstat'),
    };
  }

  /**
   * @param {string} task
   * @param {string} path
   * @param {string} [syscall] that fails if there is no such file
   */
  #remove(task, path, syscall) {
    return wait(this.#clock, MOVE_MS, {
      onTime: () => {
        if (this.#files.has(path)) this.#delete(task, path);
        else if (syscall) throw notFound(syscall, path);
      },
    });
  }

  /**
   * @param {string} task
   * @param {string} path
   * @param {File} file
   */
  #put(task, path, file) {
    this.#files.set(path, file);
    const place = this.#place;
    const value = condition(file);
    this.#recorder.effect(task, { place, op: 'put', item: path, value });
  }

  /**
   * @param {string} task
   * @param {string} path
   */
  #delete(task, path) {
    this.#files.delete(path);
    const place = this.#place;
    this.#recorder.effect(task, { place, op: 'delete', item: path });
  }

  /** The listing, read from the files themselves. */
  state() {
    const listing = [...this.#files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, file]) => [path, condition(file)]);
    return { map: Object.fromEntries(listing) };
  }
}

/** @param {File} file */
function condition({ text, intended }) {
  return text === intended ? 'whole' : 'torn';
}

/**
 * @param {string} syscall
 * @param {string} path
 * @param {string} [dest]
 */
function notFound(syscall, path, dest) {
  const to = dest === undefined ? '' : ` -> '${dest}'`;
  const message = `ENOENT: no such file or directory, ${syscall} '${path}'${to}`;
  const fields = { errno: -2, code: 'ENOENT', syscall, path };
  return Object.assign(new Error(message), fields, dest ? { dest } : {});
}
