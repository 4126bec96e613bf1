// When the steps of a save began, for whoever cuts saves off and wants to know
// where.

/** @import { At } from '../lab/types.js' */

/**
 * @typedef {object} Save
 * @property {Map<number, bigint>} began the numbers of its steps; ns of CLOCK_MONOTONIC
 * @property {bigint} [ended]
 * @property {'saved' | 'failed'} [how]
 */

/** @type {At} */
export const unseen = async (_step, promise) => promise;

export class Steps {
  /** @type {Map<string, Save>} */
  #saves = new Map();

  /**
   * A save that is looked at: its `at`, and what to call when it has ended.
   * @param {string} number of the save, as its client gave it
   * @returns {{ at: At, ended: (how: 'saved' | 'failed') => void }}
   */
  begin(number) {
    /** @type {Save} */
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
   * All of them as JSON; those that have ended are forgotten. (By hand: JSON
   * has numbers of any length, `JSON.stringify` takes no bigint.)
   */
  take() {
    const shown = [...this.#saves].map(([number, { began, ended, how }]) => {
      const steps = [...began].map(([step, ns]) => `"${step}":${ns}`).join(',');
      return `{"save":${number},"steps":{${steps}},"ended":${ended ?? null},"how":${JSON.stringify(how ?? null)}}`;
    });
    for (const [number, { ended }] of this.#saves) {
      if (ended !== undefined) this.#saves.delete(number);
    }
    return `[${shown.join(',')}]`;
  }
}
