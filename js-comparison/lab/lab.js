// The lab of one run: its recorder, its places and its tasks.

import { atFor } from './at.js';
import { Lock } from './lock.js';
import { FlagPlace, NumberPlace, SetPlace } from './places.js';
import { Queue } from './queue.js';
import { Recorder } from './recorder.js';

/** @import { Backend, Place, PlaceState, Task } from './types.js' */

export class Lab {
  recorder;
  backend;
  /** @type {Map<string, Place>} */
  #places = new Map();
  /** @type {(code: number) => void} */
  #onExit = () => {};

  /** @param {Backend} backend */
  constructor(backend) {
    this.backend = backend;
    this.recorder = new Recorder(backend.now);
  }

  get mode() {
    return this.backend.mode;
  }

  /** The `at_ms` of an event that happens now. */
  now() {
    return this.backend.now();
  }

  /** @param {string} name of the place */
  disk(name) {
    return this.place(name, this.backend.disk(this.recorder, name));
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
    return this.place(name, new SetPlace(this.recorder, name, names));
  }

  /** @param {string} name of the place */
  queue(name) {
    return this.place(name, new Queue(this.recorder, name));
  }

  /** @param {string} name of the place */
  number(name) {
    return this.place(name, new NumberPlace(this.recorder, name));
  }

  /** @param {string} name of the place */
  flag(name) {
    return this.place(name, new FlagPlace(this.recorder, name));
  }

  /**
   * Adds a place that the scenario has made itself.
   * @template {Place} T
   * @param {string} name
   * @param {T} place
   */
  place(name, place) {
    this.#places.set(name, place);
    return place;
  }

  /**
   * What a task of this name is given.
   *
   * JavaScript has no spawn: a call that is not awaited starts something. `spawn`
   * makes such a call and gives what it does a name of its own, as
   * AsyncLocalStorage.run does in Node.
   * @param {string} name
   * @returns {Task}
   */
  task(name) {
    const { backend, recorder } = this;
    let children = 0;
    return {
      name,
      at: atFor(recorder, name),
      sleep: backend.sleep(name),
      setInterval: (...args) => backend.interval(name)(...args),
      exit: (code = 0) => this.#exit(code),

      // Nothing in here handles a rejection: one that the program does not
      // handle has to stay unhandled.
      spawn: async (run) => {
        children += 1;
        const child = `${name}.${children}`;
        recorder.record(child, 'task-spawned', { parent: name });
        try {
          return await run(this.task(child));
        } finally {
          recorder.record(child, 'task-finished');
        }
      },
    };
  }

  /**
   * Sets what `exit` calls.
   * @param {(code: number) => void} listener
   */
  onExit(listener) {
    this.#onExit = listener;
  }

  /**
   * As `process.exit`, it never returns. The listener ends the run, so what
   * follows, also in a `finally`, is not recorded.
   * @param {number} code
   * @returns {never}
   */
  #exit(code) {
    this.#onExit(code);
    throw new ProcessExit();
  }

  /**
   * The state of all places at the instant of the call, read from the places
   * themselves: what was recorded would not show a change that was not reported.
   * @returns {Promise<Record<string, PlaceState>>}
   */
  async state() {
    const places = [...this.#places].sort(([a], [b]) => (a < b ? -1 : 1));
    const states = await Promise.all(
      places.map(async ([, place]) => place.state()));
    return Object.fromEntries(places.map(([name], i) => [name, states[i]]));
  }
}

/** Unwinds a program that has ended its process. */
class ProcessExit extends Error {}
