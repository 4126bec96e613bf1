// `setInterval` of node:timers/promises in virtual time.
//
// As in Node, the timer starts when the first value is asked for. From then on it
// fires whether or not anything waits for a value; values that are due are yielded
// at once. `return()` or the signal stops it; otherwise it never stops.

import { abortError } from './wait.js';

/** @import { Clock } from './clock.js' */

/**
 * @template T
 * @param {Clock} clock
 * @param {number} ms
 * @param {T} value
 * @param {{ signal?: AbortSignal, owner: string }} options
 * @returns {AsyncGenerator<T, void, void>}
 */
export async function* interval(clock, ms, value, { signal, owner }) {
  if (signal?.aborted) throw abortError(signal);
  let due = 0;
  let wake = () => {};
  const tick = () => {
    due += 1;
    timer = clock.setTimer(ms, tick, { owner });
    wake();
  };
  let timer = clock.setTimer(ms, tick, { owner });
  const onAbort = () => {
    clock.clearTimer(timer);
    wake();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal?.aborted) {
      if (due === 0) {
        await new Promise((/** @type {(_: void) => void} */ resolve) => {
          wake = resolve;
        });
      }
      for (; due > 0; due -= 1) yield value;
    }
    throw abortError(signal);
  } finally {
    clock.clearTimer(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
