// Virtual time: a clock that jumps from instant to instant, a disk in memory.

import { Clock } from './clock.js';
import { MemoryDisk } from './disk.js';
import { interval } from './interval.js';
import { wait } from './wait.js';

/** @import { Arm } from './types.js' */

/**
 * @returns {Arm}
 */
export function virtualArm() {
  const clock = new Clock();
  return {
    mode: 'virtual',
    now: () => clock.now,

    sleep: (owner) => (ms = 1, value, { signal } = {}) =>
      wait(clock, wholeMs(ms), {
        signal,
        owner,
        done: () => /** @type {any} */ (value),
      }),

    interval: (owner) => (ms, value, { signal } = {}) =>
      interval(clock, wholeMs(ms), value, { signal, owner }),

    after: (ms, go) => {
      clock.set(ms, go);
    },

    plan(cut, go) {
      if (cut.kind !== 'at') throw new Error(`no ${cut.kind} in virtual time`);
      // Everything due at that instant comes first.
      clock.set(cut.ms, go, { last: true });
    },

    disk: (recorder, place) => new MemoryDisk(clock, recorder, place),
    run: (horizon, over) => clock.run(horizon, over),
    left: () => clock.owners().map((name) => ({ what: 'timer', name })),
  };
}

/** The longest that `setTimeout` waits: 2^31 - 1 ms, some 25 days. */
const LONGEST = 2 ** 31 - 1;

/**
 * Node's `setTimeout` cuts fractions off, and takes what is less than 1 or more
 * than it can wait for 1.
 * @param {number} ms
 */
function wholeMs(ms) {
  return ms >= 1 && ms <= LONGEST ? Math.trunc(ms) : 1;
}
