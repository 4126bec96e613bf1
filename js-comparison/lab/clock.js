// The virtual clock.
//
// 1. Alarms ring one at a time, by instant and then in the order in which they
//    were set. `now` is the ringing alarm's own instant.
// 2. Before each alarm the event loop turns once, so whatever the alarm before
//    it made runnable has run. (Ringing all alarms up to some instant in one go
//    would show every continuation the last alarm's time.)
// 3. A `last` alarm rings when nothing else is due at its instant, however late
//    that was set.
// 4. Virtual time never tires: what would go on for ever is an error.

import { Turns } from './turns.js';

/**
 * @typedef {object} Alarm
 * @property {number} at
 * @property {boolean} last
 * @property {number} id
 * @property {string} [owner] the task that waits for it, if it is a timer
 * @property {() => void} ring
 */

/** A hundred times what the largest scenario needs. */
const MOST = 100_000;

export class Clock {
  now = 0;
  #ids = 0;
  /** @type {Alarm[]} */
  #alarms = [];

  /**
   * @param {number} ms from now
   * @param {() => void} ring
   * @param {{ last?: boolean, owner?: string }} [options]
   * @returns {Alarm}
   */
  set(ms, ring, { last = false, owner } = {}) {
    const at = this.now + ms;
    const alarm = { at, last, id: this.#ids++, owner, ring };
    this.#alarms.push(alarm);
    // A handful of alarms at a time: sorting beats any cleverness.
    this.#alarms.sort((a, b) =>
      a.at - b.at || Number(a.last) - Number(b.last) || a.id - b.id);
    return alarm;
  }

  /** @param {Alarm} alarm */
  clear(alarm) {
    this.#alarms = this.#alarms.filter((it) => it !== alarm);
  }

  /**
   * Lets time pass until no alarm is set, or none up to the horizon.
   * @param {number} horizon
   * @param {() => boolean} [over] asked before each alarm: whether that was all
   * @returns {Promise<'quiet' | 'horizon'>}
   * @throws {Error} if that does not come to an end
   */
  async run(horizon, over = () => false) {
    const turns = new Turns();
    try {
      for (let rung = 0; ; rung += 1) {
        await turns.next();
        const alarm = this.#alarms[0];
        if (!alarm || over()) return 'quiet';
        if (alarm.at > horizon) return 'horizon';
        if (rung === MOST) {
          throw new Error(`the run does not end: after ${MOST} timers, at `
            + `${this.now} ms, more are set. Its scenario needs a horizon`);
        }
        this.#alarms.shift();
        this.now = alarm.at;
        alarm.ring();
      }
    } finally {
      turns.close();
    }
  }

  /** The tasks whose timers are still set, in the order they would ring. */
  owners() {
    return this.#alarms.flatMap(({ owner }) => owner ?? []);
  }
}
