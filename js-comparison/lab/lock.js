// A mutex that is acquired in the order of the calls.

/** @import { Acquire } from './types.js' */
/** @import { Recorder } from './recorder.js' */

export class Lock {
  #recorder;
  #place;
  #held = false;
  /** Resolves when the last caller has unlocked. @type {Promise<void>} */
  #last = Promise.resolve();

  /**
   * @param {Pick<Recorder, 'effect'>} recorder
   * @param {string} place
   */
  constructor(recorder, place) {
    this.#recorder = recorder;
    this.#place = place;
  }

  /**
   * The lock as one task sees it: effects carry the task's name.
   * @param {string} task
   * @returns {{ acquire: Acquire }}
   */
  for(task) {
    return { acquire: (options) => this.#acquire(task, options) };
  }

  /**
   * @param {string} task
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<() => void>}
   */
  async #acquire(task, { signal } = {}) {
    signal?.throwIfAborted();
    const previous = this.#last;
    let release = () => {};
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    try {
      await (signal ? unlessAborted(previous, signal) : previous);
    } catch (error) {
      // The next caller now waits for the previous one.
      void previous.then(release);
      throw error;
    }
    this.#setHeld(task, true);
    let locked = true;
    return () => {
      // By now another task may hold the lock.
      if (!locked) throw new Error('unlocked twice');
      locked = false;
      this.#setHeld(task, false);
      release();
    };
  }

  /**
   * @param {string} task
   * @param {boolean} held
   */
  #setHeld(task, held) {
    this.#held = held;
    const op = held ? 'raise' : 'lower';
    this.#recorder.effect(task, { place: this.#place, op, item: task });
  }

  state() {
    return { flag: this.#held };
  }
}

/**
 * @param {Promise<void>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function unlessAborted(promise, signal) {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    void promise.then(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}
