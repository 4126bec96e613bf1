// The lab of one run: its recorder, its places, and the tasks' view of time.

import { Lock } from './lock.js';
import { Amount, Flag, Names } from './places.js';
import { Queue } from './queue.js';
import { Recorder } from './recorder.js';
import { taskOf } from './task.js';

/** @import { Arm, Place, PlaceState, Task } from './types.js' */

export class Lab {
  recorder;
  arm;
  /** @type {Map<string, Place>} */
  #places = new Map();
  /** @type {(code: number) => void} */
  #onExit = () => {};

  /** @param {Arm} arm */
  constructor(arm) {
    this.arm = arm;
    this.recorder = new Recorder(arm.now);
  }

  get mode() {
    return this.arm.mode;
  }

  /** @param {string} name of the place */
  disk(name) {
    return this.place(name, this.arm.disk(this.recorder, name));
  }

  /** @param {string} name of the place */
  lock(name) {
    return this.place(name, new Lock(this.recorder, name));
  }

  /**
   * @param {string} name of the place
   * @param {Set<string>} [names] the set that holds the names
   */
  set(name, names) {
    return this.place(name, new Names(this.recorder, name, names));
  }

  /** @param {string} name of the place */
  queue(name) {
    return this.place(name, new Queue(this.recorder, name));
  }

  /** @param {string} name of the place */
  number(name) {
    return this.place(name, new Amount(this.recorder, name));
  }

  /** @param {string} name of the place */
  flag(name) {
    return this.place(name, new Flag(this.recorder, name));
  }

  /**
   * Takes in a place that a scenario has made itself.
   * @template {Place} T
   * @param {string} name
   * @param {T} place
   */
  place(name, place) {
    this.#places.set(name, place);
    return place;
  }

  /**
   * What a task may do under its name.
   * @param {string} name
   * @returns {Task}
   */
  task(name) {
    return taskOf(this, name);
  }

  /**
   * Says what the end of the process does.
   * @param {(code: number) => void} end
   */
  onExit(end) {
    this.#onExit = end;
  }

  /**
   * As process.exit: never returns. Whatever stands behind it, in `finally` as
   * well, is in no run any more.
   * @param {number} code
   * @returns {never}
   */
  exit(code) {
    this.#onExit(code);
    throw new Exited();
  }

  /**
   * The whole world, asked of the real things: nothing here looks at what was
   * recorded, or a place that forgets to report would go unnoticed. All are
   * asked in the instant of the call.
   * @returns {Promise<Record<string, PlaceState>>}
   */
  async world() {
    const places = [...this.#places].sort(([a], [b]) => (a < b ? -1 : 1));
    const states = await Promise.all(
      places.map(async ([, place]) => place.state()));
    return Object.fromEntries(places.map(([name], i) => [name, states[i]]));
  }
}

/** Unwinds a program that has ended the process. */
class Exited extends Error {}
