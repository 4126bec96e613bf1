// The saves of a store: the programs of the scenario on the real disk.

import { randomUUID } from 'node:crypto';
import { rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Lock } from '../lab/lock.js';
import { removePartial } from './folder.js';
import { isDiskError } from './responses.js';
import { unrecorded } from './steps.js';

/** @import { Disk } from '../lab/types.js' */
/** @import { Program } from '../scenarios/save-file.js' */
/** @import { Options } from './options.js' */
/** @import { Steps } from './steps.js' */

/** A store records no effects. */
const NO_RECORDER = { effect() {} };

export class Saves {
  begun = 0;
  /** How many have a response. */
  answered = 0;
  /** How many have ended, whether or not their client is still there. */
  ended = 0;
  /** Saves and removals. @type {Set<Promise<unknown>>} */
  #pending = new Set();
  #lock = new Lock(NO_RECORDER, 'lock');
  #options;
  #steps;
  #program;
  #fs;

  /**
   * @param {Program} program
   * @param {Options} options
   * @param {string[]} files what is in the folder
   * @param {Steps | undefined} steps
   */
  constructor(program, options, files, steps) {
    this.index = new Set(files);
    this.#options = options;
    this.#steps = steps;
    this.#program = program;
    this.#fs = diskIn(options.dir);
  }

  /** How many have not ended. */
  get running() {
    return this.begun - this.ended;
  }

  get locked() {
    return this.#lock.state().flag;
  }

  /**
   * Saves a text.
   * @param {string} text
   * @param {AbortSignal} signal aborted when the client leaves
   * @param {string | undefined} number under which its steps are recorded
   * @returns {Promise<string>} the name of the file
   */
  async save(text, signal, number) {
    const name = randomUUID();
    this.begun += 1;
    await this.#track(this.#save(name, text, signal, number));
    return name;
  }

  /**
   * @param {string} name
   * @param {string} text
   * @param {AbortSignal} signal
   * @param {string | undefined} number
   */
  async #save(name, text, signal, number) {
    const recorded = number === undefined ? undefined : this.#steps?.begin(number);
    const { quota, lag, dir } = this.#options;
    const env = {
      at: recorded?.at ?? unrecorded,
      fs: this.#fs,
      sleep,
      lock: this.#lock.for(name),
      index: this.index,
      quota,
      lag,
    };
    try {
      await this.#program(env, { name, text }, { signal });
      recorded?.ended('saved');
    } catch (error) {
      recorded?.ended('failed');
      // A partial file is in no index.
      if (isDiskError(error)) await removePartial(dir, name);
      throw error;
    } finally {
      this.ended += 1;
    }
  }

  /**
   * Whether the index has the name. It waits for a removal, which removes the file
   * before the name.
   * @param {string} name
   * @param {AbortSignal} signal aborted when the client leaves
   */
  async holds(name, signal) {
    const unlock = await this.#lock.for(name).acquire({ signal });
    try {
      return this.index.has(name);
    } finally {
      unlock();
    }
  }

  /**
   * Removes the file, then its name. It goes on when its client has left.
   * @param {string} name
   * @returns {Promise<boolean>} whether there was such a file
   */
  remove(name) {
    return this.#track(this.#remove(name));
  }

  /** @param {string} name */
  async #remove(name) {
    const unlock = await this.#lock.for(name).acquire();
    try {
      if (!this.index.has(name)) return false;
      // If the file is missing, the name is removed all the same.
      await this.#fs.rm(name, { force: true });
      return this.index.delete(name);
    } finally {
      unlock();
    }
  }

  /** Resolves when no save and no removal is pending. */
  async drained() {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
  }

  /**
   * @template T
   * @param {Promise<T>} promise
   * @returns {Promise<T>}
   */
  async #track(promise) {
    this.#pending.add(promise);
    try {
      return await promise;
    } finally {
      this.#pending.delete(promise);
    }
  }
}

/**
 * The functions of node:fs/promises, in one folder.
 * @param {string} dir
 * @returns {Disk}
 */
function diskIn(dir) {
  /** @param {string} name */
  const path = (name) => join(dir, name);
  return {
    writeFile: (name, text, options) => writeFile(path(name), text, options),
    rename: (from, to) => rename(path(from), path(to)),
    unlink: (name) => unlink(path(name)),
    rm: (name, options) => rm(path(name), options),
  };
}
