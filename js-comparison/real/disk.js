// A folder on the real disk. The effect of an operation is reported when the
// operation has settled, before its promise does.

import {
  readdir, rename, rm, stat, unlink, writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';

/** @import { Disk } from '../lab/types.js' */
/** @import { Recorder } from '../lab/recorder.js' */
/** @import { Pending } from './pending.js' */

export class RealDisk {
  /** The intended length of each file: a torn one is shorter. */
  #lengths = /** @type {Map<string, number>} */ (new Map());
  #folder;
  #pending;
  #recorder;
  #place;

  /**
   * @param {string} folder
   * @param {Pending} pending
   * @param {Recorder} recorder
   * @param {string} place
   */
  constructor(folder, pending, recorder, place) {
    this.#folder = folder;
    this.#pending = pending;
    this.#recorder = recorder;
    this.#place = place;
  }

  /**
   * The disk as one task sees it: effects carry the task's name.
   * @param {string} task
   * @returns {Disk}
   */
  for(task) {
    /**
     * @template {unknown[]} A
     * @param {(...args: A) => Promise<void>} operation
     * @returns {(...args: A) => Promise<void>}
     */
    const tracked = (operation) => (...args) =>
      this.#pending.track(operation(...args));

    return {
      writeFile: tracked(async (path, text, options) => {
        this.#lengths.set(path, Buffer.byteLength(text));
        try {
          await writeFile(this.#resolve(path), text, options);
        } finally {
          // Whether it was written or aborted: report what is there now.
          const found = await this.#condition(path);
          if (found) this.#put(task, path, found);
        }
      }),

      rename: tracked(async (from, to) => {
        await rename(this.#resolve(from), this.#resolve(to));
        this.#lengths.set(to, this.#lengths.get(from) ?? 0);
        // Before both reports: nothing may be recorded between them.
        const found = await this.#condition(to) ?? 'torn';
        this.#delete(task, from);
        this.#put(task, to, found);
      }),

      unlink: tracked(async (path) => {
        await unlink(this.#resolve(path));
        this.#delete(task, path);
      }),

      rm: tracked(async (path, options) => {
        const there = await this.#condition(path);
        await rm(this.#resolve(path), options);
        if (there) this.#delete(task, path);
      }),
    };
  }

  /** The listing, read from the folder. */
  async state() {
    /** @type {Record<string, string>} */
    const map = {};
    for (const path of (await readdir(this.#folder)).sort()) {
      map[path] = await this.#condition(path) ?? 'torn';
    }
    return { map };
  }

  /** @param {string} path */
  #resolve(path) {
    return join(this.#folder, path);
  }

  /**
   * @param {string} path
   * @returns {Promise<'whole' | 'torn' | undefined>} undefined: no such file
   */
  async #condition(path) {
    try {
      const { size } = await stat(this.#resolve(path));
      return size === this.#lengths.get(path) ? 'whole' : 'torn';
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /**
   * @param {string} task
   * @param {string} item
   * @param {'whole' | 'torn'} value
   */
  #put(task, item, value) {
    this.#recorder.effect(task, {
      place: this.#place, op: 'put', item, value,
    });
  }

  /**
   * @param {string} task
   * @param {string} item
   */
  #delete(task, item) {
    this.#recorder.effect(task, { place: this.#place, op: 'delete', item });
  }
}
