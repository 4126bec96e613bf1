// A promise for something that takes time and can be aborted: a timer, a write.

/** @import { Clock } from './clock.js' */

/**
 * @template T
 * @typedef {object} WaitOptions
 * @property {AbortSignal} [signal]
 * @property {string} [owner] of the timer, if the program waits for one
 * @property {() => T} onTime returns the result; if it throws, that rejects
 * @property {() => void} [onAbort] what an abort in the meantime does
 */

/**
 * A promise that is settled after `ms` of virtual time, or by the signal.
 * @template T
 * @param {Clock} clock
 * @param {number} ms
 * @param {WaitOptions<T>} options
 * @returns {Promise<T>}
 */
export function wait(clock, ms, { signal, owner, onTime, onAbort }) {
  return new Promise((resolve, reject) => {
    // As in Node: if the signal is aborted already, nothing begins.
    if (signal?.aborted) return reject(abortError(signal));

    const abort = () => {
      clock.clearTimer(timer);
      onAbort?.();
      reject(abortError(signal));
    };
    const timer = clock.setTimer(ms, () => {
      signal?.removeEventListener('abort', abort);
      try {
        resolve(onTime());
      } catch (error) {
        reject(error);
      }
    }, { owner });
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/**
 * What Node's own functions reject with: a new error whose cause is the reason
 * of the signal. (`throwIfAborted` throws the reason itself.)
 * @param {AbortSignal | undefined} signal
 */
export function abortError(signal) {
  const error = new Error('The operation was aborted', {
    cause: signal?.reason,
  });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
