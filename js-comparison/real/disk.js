// A folder on the real disk. Whoever performs an operation reports its effect
// once it has settled, before anybody else is told of it.

import {
  readdir, rename, rm, stat, unlink, writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';

/** @import { Disk } from '../lab/types.js' */
/** @import { Recorder } from '../lab/recorder.js' */
/** @import { Pending } from './pending.js' */

export class RealDisk {
  /** How long each file is to be: what tells a torn one from a whole one. */
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
   * The disk under a task's name.
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
          await writeFile(this.#at(path), text, options);
        } finally {
          // Done or aborted: what there is now, the file itself must say.
          const found = await this.#look(path);
          if (found) this.#put(task, path, found);
        }
      }),

      rename: tracked(async (from, to) => {
        await rename(this.#at(from), this.#at(to));
        this.#lengths.set(to, this.#lengths.get(from) ?? 0);
        // Looked at first: a rename is one change, and nothing gets in between.
        const found = await this.#look(to) ?? 'torn';
        this.#delete(task, from);
        this.#put(task, to, found);
      }),

      unlink: tracked(async (path) => {
        await unlink(this.#at(path));
        this.#delete(task, path);
      }),

      rm: tracked(async (path, options) => {
        const there = await this.#look(path);
        await rm(this.#at(path), options);
        if (there) this.#delete(task, path);
      }),
    };
  }

  /** The listing, asked of the folder. */
  async state() {
    /** @type {Record<string, string>} */
    const map = {};
    for (const path of (await readdir(this.#folder)).sort()) {
      map[path] = await this.#look(path) ?? 'torn';
    }
    return { map };
  }

  /** @param {string} path */
  #at(path) {
    return join(this.#folder, path);
  }

  /**
   * @param {string} path
   * @returns {Promise<'whole' | 'torn' | undefined>} undefined: no such file
   */
  async #look(path) {
    try {
      const { size } = await stat(this.#at(path));
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
