// The step marker: `await at(2, promise)` records the wait of a numbered step.

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
      // A rejection ends the wait as well: the program goes on in its catch.
      recorder.record(task, 'wait-ended', { step });
    }
  };
}
