// The recorder: events in the order in which they happened.

/**
 * @typedef {{ seq: number, at_ms: number, task: string, kind: string,
 *   parent?: string, step?: number, value?: string, error?: string,
 *   place?: string, op?: string, item?: string, n?: number }} Event
 */

/**
 * A change of a place. Keys in the order of the protocol: they are printed as
 * they stand.
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
  /** @type {(task: string) => void} */
  #listener = () => {};

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
    this.events.push({ seq, at_ms: this.#now(), task, kind, ...fields });
  }

  /**
   * For the owner of a place, at the moment of the change.
   * @param {string} task on whose behalf
   * @param {Effect} effect
   */
  effect(task, effect) {
    this.record(task, 'effect', effect);
    this.#listener(task);
  }

  /**
   * Calls `listener` after each effect.
   * @param {(task: string) => void} listener
   */
  onEffect(listener) {
    this.#listener = listener;
  }

  /** The run is over: tearing it down adds nothing. */
  close() {
    this.#open = false;
  }
}
