// `await at(2, promise)`: the numbered await points that prose, trace and
// picture share.

/** @import { At } from './types.js' */
/** @import { Recorder } from './recorder.js' */

/**
 * @param {Recorder} recorder
 * @param {string} task
 * @returns {At}
 */
export function atFor(recorder, task) {
  return async (step, promise) => {
    recorder.record(task, 'wait-begun', { step });
    try {
      return await promise;
    } finally {
      // A rejection ends the wait, too: the program goes on in its catch.
      recorder.record(task, 'wait-ended', { step });
    }
  };
}
