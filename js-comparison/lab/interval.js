// `setInterval` of node:timers/promises in virtual time.
//
// As in Node, it begins when the first beat is asked for, and beats from then on
// whether or not anybody asks: a beat that came unasked is handed out at once.
// It ends by `return()` or by the signal; forgotten, it goes on for ever.

import { abortError } from './wait.js';

/** @import { Clock } from './clock.js' */

/**
 * @template T
 * @param {Clock} clock
 * @param {number} ms between two beats
 * @param {T} value of each
 * @param {{ signal?: AbortSignal, owner: string }} options
 * @returns {AsyncGenerator<T, void, void>}
 */
export async function* interval(clock, ms, value, { signal, owner }) {
  if (signal?.aborted) throw abortError(signal);
  let due = 0;
  let tell = () => {};
  const beat = () => {
    due += 1;
    alarm = clock.set(ms, beat, { owner });
    tell();
  };
  let alarm = clock.set(ms, beat, { owner });
  const onAbort = () => {
    clock.clear(alarm);
    tell();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal?.aborted) {
      if (due === 0) {
        await new Promise((/** @type {(_: void) => void} */ resolve) => {
          tell = resolve;
        });
      }
      for (; due > 0; due -= 1) yield value;
    }
    throw abortError(signal);
  } finally {
    clock.clear(alarm);
    signal?.removeEventListener('abort', onAbort);
  }
}
