// Records when the steps of a save begin: a client that leaves can find out during
// which step it left.

/** @import { At } from '../lab/types.js' */

/**
 * @typedef {object} RecordedSave
 * @property {Map<number, bigint>} began the numbers of its steps; ns of CLOCK_MONOTONIC
 * @property {bigint} [ended]
 * @property {'saved' | 'failed'} [how]
 */

/** @type {At} */
export const unrecorded = async (_step, promise) => promise;

export class Steps {
  /** @type {Map<string, RecordedSave>} */
  #saves = new Map();

  /**
   * Records a save: returns its `at`, and a function to call at its end.
   * @param {string} number of the save, from its client
   * @returns {{ at: At, ended: (how: 'saved' | 'failed') => void }}
   */
  begin(number) {
    /** @type {RecordedSave} */
    const save = { began: new Map() };
    this.#saves.set(number, save);
    return {
      at: async (step, promise) => {
        if (!save.began.has(step)) save.began.set(step, process.hrtime.bigint());
        return promise;
      },
      ended: (how) => {
        save.ended = process.hrtime.bigint();
        save.how = how;
      },
    };
  }

  /**
   * All of them as JSON; those that have ended are removed. (JSON.stringify does not
   * accept a bigint.)
   */
  take() {
    const saves = [...this.#saves].map(([number, { began, ended, how }]) => {
      const steps = [...began].map(([step, ns]) => `"${step}":${ns}`).join(',');
      return `{"save":${number},"steps":{${steps}},"ended":${ended ?? null},"how":${JSON.stringify(how ?? null)}}`;
    });
    for (const [number, { ended }] of this.#saves) {
      if (ended !== undefined) this.#saves.delete(number);
    }
    return `[${saves.join(',')}]`;
  }
}
