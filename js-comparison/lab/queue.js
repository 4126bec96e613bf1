// A queue of messages with a sending and a receiving end.
//
// The queue reports that a message has left it when it resolves the promise of a
// receiver, whether or not that promise is awaited.

/** @import { Inbox } from './types.js' */
/** @import { Recorder } from './recorder.js' */

/**
 * A receiver that waits for a message.
 * @typedef {object} Waiter
 * @property {string} task
 * @property {(result: IteratorResult<string, undefined>) => void} resolve
 */

export class Queue {
  /** @type {string[]} */
  #messages = [];
  /** @type {Waiter[]} */
  #waiters = [];
  #closed = false;
  #recorder;
  #place;

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
   * @param {string} message
   */
  push(task, message) {
    this.#messages.push(message);
    this.#report(task, 'push', message);
    const waiter = this.#waiters.shift();
    if (waiter) waiter.resolve({ done: false, value: this.#pop(waiter.task) });
  }

  /** No more messages will come: receivers that wait are done. */
  close() {
    this.#closed = true;
    for (const { resolve } of this.#waiters.splice(0)) {
      resolve({ done: true, value: undefined });
    }
  }

  /**
   * The receiving end as one task sees it: effects carry the task's name.
   * @param {string} task
   * @returns {Inbox}
   */
  for(task) {
    return {
      next: () => this.#take(task),
      take: (options) => this.#take(task, options),
    };
  }

  /**
   * @param {string} task
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<IteratorResult<string, undefined>>}
   */
  async #take(task, { signal } = {}) {
    signal?.throwIfAborted();
    if (this.#messages.length > 0) {
      return { done: false, value: this.#pop(task) };
    }
    if (this.#closed) return { done: true, value: undefined };
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#waiters = this.#waiters.filter((it) => it !== waiter);
        reject(signal?.reason);
      };
      /** @type {Waiter} */
      const waiter = {
        task,
        resolve: (result) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(result);
        },
      };
      this.#waiters.push(waiter);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /**
   * @param {string} task that gets the message
   * @returns {string}
   */
  #pop(task) {
    const message = /** @type {string} */ (this.#messages.shift());
    this.#report(task, 'pop', message);
    return message;
  }

  /**
   * @param {string} task
   * @param {'push' | 'pop'} op
   * @param {string} item
   */
  #report(task, op, item) {
    this.#recorder.effect(task, { place: this.#place, op, item });
  }

  state() {
    return { queue: [...this.#messages] };
  }
}
