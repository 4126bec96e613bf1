// The saves of a store: the scenario's own programs on the real disk.

import { randomUUID } from 'node:crypto';
import { rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Lock } from '../lab/lock.js';
import { isOfTheDisk } from './answers.js';
import { removeRest } from './folder.js';
import { unseen } from './steps.js';

/** @import { Disk } from '../lab/types.js' */
/** @import { Program } from '../scenarios/save-file.js' */
/** @import { Options } from './options.js' */
/** @import { Steps } from './steps.js' */

/** A store records no effects. */
const NO_RECORDER = { effect() {} };

export class Saves {
  begun = 0;
  /** How many had an answer for their client. */
  answered = 0;
  /** How many have ended, heard or unheard. */
  ended = 0;
  /** Saves and removals. @type {Set<Promise<unknown>>} */
  #underWay = new Set();
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
    this.#fs = inside(options.dir);
  }

  /** How many have not ended, whether or not anybody waits for them. */
  get running() {
    return this.begun - this.ended;
  }

  get locked() {
    return this.#lock.state().flag;
  }

  /**
   * Saves a text and says under which name.
   * @param {string} text
   * @param {AbortSignal} signal aborted when the client leaves
   * @param {string | undefined} number under which its steps are kept
   * @returns {Promise<string>}
   */
  async save(text, signal, number) {
    const name = randomUUID();
    this.begun += 1;
    await this.#tracked(this.#saved(name, text, signal, number));
    return name;
  }

  /**
   * @param {string} name
   * @param {string} text
   * @param {AbortSignal} signal
   * @param {string | undefined} number
   */
  async #saved(name, text, signal, number) {
    const watched = number === undefined ? undefined : this.#steps?.begin(number);
    const { quota, lag, dir } = this.#options;
    const env = {
      at: watched?.at ?? unseen,
      fs: this.#fs,
      sleep,
      lock: this.#lock.for(name),
      index: this.index,
      quota,
      lag,
    };
    try {
      await this.#program(env, { name, text }, { signal });
      watched?.ended('saved');
    } catch (error) {
      watched?.ended('failed');
      // What was written until the disk refused is no file of anybody.
      if (isOfTheDisk(error)) await removeRest(dir, name);
      throw error;
    } finally {
      this.ended += 1;
    }
  }

  /**
   * Looks at the index while nobody removes a file, of which the index knows
   * for a moment after it has gone.
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
   * The file first, then its name, while nobody saves. It goes on when its
   * client leaves: no promise is stopped by that.
   * @param {string} name
   * @returns {Promise<boolean>} whether there was such a file
   */
  remove(name) {
    return this.#tracked(this.#removed(name));
  }

  /** @param {string} name */
  async #removed(name) {
    const unlock = await this.#lock.for(name).acquire();
    try {
      if (!this.index.has(name)) return false;
      // Somebody else may have removed it: then its name goes, too.
      await this.#fs.rm(name, { force: true });
      return this.index.delete(name);
    } finally {
      unlock();
    }
  }

  /** Resolves when no save and no removal is under way. */
  async drained() {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  /**
   * @template T
   * @param {Promise<T>} promise
   * @returns {Promise<T>}
   */
  async #tracked(promise) {
    this.#underWay.add(promise);
    try {
      return await promise;
    } finally {
      this.#underWay.delete(promise);
    }
  }
}

/**
 * The functions of node:fs/promises, in one folder.
 * @param {string} dir
 * @returns {Disk}
 */
function inside(dir) {
  /** @param {string} name */
  const path = (name) => join(dir, name);
  return {
    writeFile: (name, text, options) => writeFile(path(name), text, options),
    rename: (from, to) => rename(path(from), path(to)),
    unlink: (name) => unlink(path(name)),
    rm: (name, options) => rm(path(name), options),
  };
}
