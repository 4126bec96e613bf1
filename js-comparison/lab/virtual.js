// Virtual time: a clock that jumps from timer to timer, and a disk in memory.

import { Clock } from './clock.js';
import { MemoryDisk } from './disk.js';
import { interval } from './interval.js';
import { wait } from './wait.js';

/** @import { Backend } from './types.js' */

/**
 * @returns {Backend}
 */
export function virtualBackend() {
  const clock = new Clock();
  return {
    mode: 'virtual',
    now: () => clock.now,

    sleep: (owner) => (ms = 1, value, { signal } = {}) =>
      wait(clock, timeoutMs(ms), {
        signal,
        owner,
        onTime: () => /** @type {any} */ (value),
      }),

    interval: (owner) => (ms, value, { signal } = {}) =>
      interval(clock, timeoutMs(ms), value, { signal, owner }),

    after: (ms, callback) => {
      clock.setTimer(ms, callback);
    },

    plan(cut, callback) {
      if (cut.kind !== 'instant') throw new Error(`no ${cut.kind} in virtual time`);
      // Everything else that is due at that instant comes first.
      clock.setTimer(cut.ms, callback, { last: true });
    },

    disk: (recorder, place) => new MemoryDisk(clock, recorder, place),
    run: (horizon, isOver) => clock.run(horizon, isOver),
    left: () => clock.owners().map((name) => ({ what: 'timer', name })),
  };
}

/** The longest timeout of `setTimeout`, some 25 days. */
const MAX_MS = 2 ** 31 - 1;

/**
 * The timeout as Node's `setTimeout` takes it: without its fraction, and 1 if it
 * is less than 1 or too long.
 * @param {number} ms
 */
function timeoutMs(ms) {
  return ms >= 1 && ms <= MAX_MS ? Math.trunc(ms) : 1;
}
