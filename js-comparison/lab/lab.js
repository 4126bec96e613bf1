// The lab of one run: its recorder, its places, and the tasks' view of time.

import { atFor } from './at.js';
import { Lock, Names } from './places.js';
import { Recorder } from './recorder.js';

/** @import { Arm, Place, PlaceState, Task } from './types.js' */

export class Lab {
  recorder;
  arm;
  /** @type {Map<string, Place>} */
  #places = new Map();

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
    return this.#add(name, this.arm.disk(this.recorder, name));
  }

  /** @param {string} name of the place */
  lock(name) {
    return this.#add(name, new Lock(this.recorder, name));
  }

  /**
   * @param {string} name of the place
   * @param {Set<string>} [names] the set that holds the names
   */
  set(name, names) {
    return this.#add(name, new Names(this.recorder, name, names));
  }

  /**
   * What a task may do under its name.
   * @param {string} name
   * @returns {Task}
   */
  task(name) {
    return {
      name,
      at: atFor(this.recorder, name),
      sleep: this.arm.sleep(name),
    };
  }

  /**
   * The whole world, asked of the real things: nothing here looks at what was
   * recorded, or a place that forgets to report would go unnoticed.
   */
  async world() {
    /** @type {Record<string, PlaceState>} */
    const world = {};
    for (const name of [...this.#places.keys()].sort()) {
      world[name] = await /** @type {Place} */ (this.#places.get(name)).state();
    }
    return world;
  }

  /**
   * @template {Place} T
   * @param {string} name
   * @param {T} place
   */
  #add(name, place) {
    this.#places.set(name, place);
    return place;
  }
}
