// A mutex of promises: whoever asks gets in line behind who asked before.

/** @import { Acquire } from './types.js' */
/** @import { Recorder } from './recorder.js' */

export class Lock {
  #recorder;
  #place;
  #held = false;
  /** @type {Promise<void>} */
  #last = Promise.resolve();

  /**
   * @param {Recorder} recorder
   * @param {string} place
   */
  constructor(recorder, place) {
    this.#recorder = recorder;
    this.#place = place;
  }

  /**
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
    const before = this.#last;
    let letNext = () => {};
    this.#last = new Promise((resolve) => {
      letNext = resolve;
    });
    try {
      await (signal ? unlessAborted(before, signal) : before);
    } catch (error) {
      // It leaves the line: its turn, when it comes, is the next one's.
      void before.then(letNext);
      throw error;
    }
    this.#set(task, true);
    let mine = true;
    return () => {
      // By now it may be somebody else's.
      if (!mine) throw new Error('unlocked twice');
      mine = false;
      this.#set(task, false);
      letNext();
    };
  }

  /**
   * @param {string} task
   * @param {boolean} held
   */
  #set(task, held) {
    this.#held = held;
    const op = held ? 'raise' : 'lower';
    this.#recorder.effect(task, { place: this.#place, op, item: task });
  }

  /** Whether it is held, asked of the lock itself. */
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
