// A disk in memory that takes virtual time and tells the truth about aborts.
//
// 1. A change is an effect when it commits: after 10 ms of writing, after 2 ms
//    of renaming or removing, whether or not anybody still waits for it.
// 2. An aborted write leaves a torn file, at the instant of the abort, and
//    rejects as Node's does. Aborted before it began, it leaves nothing.
// 3. Renaming and removing take no signal and cannot be stopped.
//
// A short text stands for a long one here. Node writes in pieces of 512 KiB and
// looks at the signal before each of them: it is the pieces to come that an
// abort takes away. So the last piece is written whole and the write resolves
// as if nothing had been; and a text of one piece is there whole or not at all
// (an empty file). test/torn.test.js has both at once, this and the real thing.

import { wait } from './wait.js';

/** @import { Clock } from './clock.js' */
/** @import { Recorder } from './recorder.js' */
/** @import { Disk } from './types.js' */

const WRITE_MS = 10;
const MOVE_MS = 2;

/** @typedef {{ text: string, meant: string }} File what is in it, and should */

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
   * The disk under a task's name.
   * @param {string} task
   * @returns {Disk}
   */
  for(task) {
    return {
      writeFile: (path, text, { signal } = {}) =>
        wait(this.#clock, WRITE_MS, {
          signal,
          done: () => this.#put(task, path, { text, meant: text }),
          aborted: () => this.#put(task, path, {
            text: text.slice(0, text.length / 2),
            meant: text,
          }),
        }),

      rename: (from, to) => wait(this.#clock, MOVE_MS, {
        done: () => {
          const file = this.#files.get(from);
          if (!file) throw missing('rename', from, to);
          this.#delete(task, from);
          this.#put(task, to, file);
        },
      }),

      unlink: (path) => this.#remove(task, path, 'unlink'),

      rm: (path, { force = false } = {}) =>
        // `rm` looks before it removes: that is the call that fails.
        this.#remove(task, path, force ? undefined : 'lstat'),
    };
  }

  /**
   * @param {string} task
   * @param {string} path
   * @param {string} [syscall] that fails where there is no such file
   */
  #remove(task, path, syscall) {
    return wait(this.#clock, MOVE_MS, {
      done: () => {
        if (this.#files.has(path)) this.#delete(task, path);
        else if (syscall) throw missing(syscall, path);
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

  /** The listing, asked of the files themselves. */
  state() {
    const listing = [...this.#files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, file]) => [path, condition(file)]);
    return { map: Object.fromEntries(listing) };
  }
}

/** @param {File} file */
function condition({ text, meant }) {
  return text === meant ? 'whole' : 'torn';
}

/**
 * @param {string} syscall
 * @param {string} path
 * @param {string} [dest]
 */
function missing(syscall, path, dest) {
  const to = dest === undefined ? '' : ` -> '${dest}'`;
  const text = `ENOENT: no such file or directory, ${syscall} '${path}'${to}`;
  const fields = { errno: -2, code: 'ENOENT', syscall, path };
  return Object.assign(new Error(text), fields, dest ? { dest } : {});
}
