// Something that takes time and can be aborted: a timer, a write.

/** @import { Clock } from './clock.js' */

/**
 * @template T
 * @typedef {object} Waiting
 * @property {AbortSignal} [signal]
 * @property {string} [owner] of the timer, if it is one
 * @property {() => T} done gives the result when the time is up; may throw
 * @property {() => void} [aborted] what an abort on the way leaves behind
 */

/**
 * A promise that the clock settles after `ms`, unless the signal comes first.
 * @template T
 * @param {Clock} clock
 * @param {number} ms
 * @param {Waiting<T>} options
 * @returns {Promise<T>}
 */
export function wait(clock, ms, { signal, owner, done, aborted }) {
  return new Promise((resolve, reject) => {
    // As in Node: with a signal that is aborted already, nothing begins.
    if (signal?.aborted) return reject(abortError(signal));

    const onAbort = () => {
      clock.clear(alarm);
      aborted?.();
      reject(abortError(signal));
    };
    const alarm = clock.set(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      try {
        resolve(done());
      } catch (error) {
        reject(error);
      }
    }, { owner });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * What Node's own functions reject with: an error of their own whose cause is
 * the signal's reason. (`throwIfAborted` throws the reason itself.)
 * @param {AbortSignal | undefined} signal
 */
export function abortError(signal) {
  const error = new Error('The operation was aborted', {
    cause: signal?.reason,
  });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
