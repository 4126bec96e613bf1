// Virtual time: a clock that jumps from instant to instant, a disk in memory.

import { Clock } from './clock.js';
import { MemoryDisk } from './disk.js';
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

    after: (ms, go) => {
      clock.set(ms, go);
    },

    plan(cut, go) {
      if (cut.kind !== 'at') throw new Error(`no ${cut.kind} in virtual time`);
      // Everything due at that instant comes first.
      clock.set(cut.ms, go, { last: true });
    },

    disk: (recorder, place) => new MemoryDisk(clock, recorder, place),
    run: (horizon) => clock.run(horizon),
    left: () => clock.owners().map((name) => ({ what: 'timer', name })),
  };
}

/**
 * Node's `setTimeout` takes anything that is not at least 1 for 1, and cuts
 * fractions off.
 * @param {number} ms
 */
function wholeMs(ms) {
  return ms >= 1 ? Math.trunc(ms) : 1;
}
