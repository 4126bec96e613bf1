// The virtual clock.
//
// 1. Timers fire one at a time, by instant and then in the order in which they
//    were set. `now` is the instant of the timer that fires.
// 2. The event loop turns once before each timer, so everything that the previous
//    timer made runnable has run. (If all timers up to some instant fired
//    together, every continuation would see the time of the last one.)
// 3. A `last` timer fires when no other is due at its instant, including those
//    that are set later.
// 4. A run whose timers do not end is an error.

import { Turns } from './turns.js';

/**
 * @typedef {object} Timer
 * @property {number} due
 * @property {boolean} last
 * @property {number} id
 * @property {string} [owner] the task that waits for it
 * @property {() => void} callback
 */

/** A hundred times what the largest scenario needs. */
const MAX_TIMERS = 100_000;

export class Clock {
  now = 0;
  #ids = 0;
  /** @type {Timer[]} */
  #timers = [];

  /**
   * @param {number} ms from now
   * @param {() => void} callback
   * @param {{ last?: boolean, owner?: string }} [options]
   * @returns {Timer}
   */
  setTimer(ms, callback, { last = false, owner } = {}) {
    const timer = { due: this.now + ms, last, id: this.#ids++, owner, callback };
    this.#timers.push(timer);
    // There are only a handful of timers at a time.
    this.#timers.sort((a, b) =>
      a.due - b.due || Number(a.last) - Number(b.last) || a.id - b.id);
    return timer;
  }

  /** @param {Timer} timer */
  clearTimer(timer) {
    this.#timers = this.#timers.filter((it) => it !== timer);
  }

  /**
   * Lets time pass until no timer is set, or none up to the horizon.
   * @param {number} horizon
   * @param {() => boolean} [isOver] called before each timer: true ends the run
   * @returns {Promise<'quiet' | 'horizon'>}
   * @throws {Error} if the timers do not end
   */
  async run(horizon, isOver = () => false) {
    const turns = new Turns();
    try {
      for (let fired = 0; ; fired += 1) {
        await turns.next();
        const timer = this.#timers[0];
        if (!timer || isOver()) return 'quiet';
        if (timer.due > horizon) return 'horizon';
        if (fired === MAX_TIMERS) {
          throw new Error(`the run does not end: after ${MAX_TIMERS} timers, at `
            + `${this.now} ms, more are set. Its contract needs a horizon_ms`);
        }
        this.#timers.shift();
        this.now = timer.due;
        timer.callback();
      }
    } finally {
      turns.close();
    }
  }

  /** The owners of the timers that are set, in the order of the timers. */
  owners() {
    return this.#timers.flatMap(({ owner }) => owner ?? []);
  }
}
