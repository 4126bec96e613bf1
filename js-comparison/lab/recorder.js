// Records the events of a run in the order in which they happen.

/**
 * @typedef {{ seq: number, at_ms: number, task: string, kind: string,
 *   parent?: string, step?: number, value?: string, error?: string,
 *   place?: string, op?: string, item?: string, n?: number, code?: number,
 * }} Event
 */

/**
 * A change of a place. The keys are in the order of the protocol: they are
 * printed in this order.
 * @typedef {object} Effect
 * @property {string} place
 * @property {'add' | 'remove' | 'push' | 'pop' | 'put' | 'delete' | 'raise'
 *   | 'lower' | 'change'} op
 * @property {string} [item]
 * @property {string} [value]
 * @property {number} [n]
 */

export class Recorder {
  /** @type {Event[]} */
  events = [];
  #open = true;
  #now;
  /** @type {((event: Event) => void)[]} */
  #listeners = [];

  /** @param {() => number} now */
  constructor(now) {
    this.#now = now;
  }

  /**
   * @param {string} task
   * @param {string} kind
   * @param {Omit<Partial<Event>, 'seq' | 'at_ms' | 'task' | 'kind'>} [fields]
   */
  record(task, kind, fields) {
    if (!this.#open) return;
    const seq = this.events.length;
    const event = { seq, at_ms: this.#now(), task, kind, ...fields };
    this.events.push(event);
    for (const listener of this.#listeners) listener(event);
  }

  /**
   * For the owner of a place, at the moment of the change.
   * @param {string} task that makes the change
   * @param {Effect} effect
   */
  effect(task, effect) {
    this.record(task, 'effect', effect);
  }

  /**
   * Calls the listener after each event.
   * @param {(event: Event) => void} listener
   */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** Ends the recording: what happens later is not part of the run. */
  close() {
    this.#open = false;
  }
}
