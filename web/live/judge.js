// The judge, for the runs of any language.

import { call } from './rust.js';

/** @import { Judged } from '../pkg/droppoint.js' */

/**
 * Judges a run against the uncut run of the same program.
 * @param {string} scenario
 * @param {string} uncut lines of the runner protocol
 * @param {string} run lines of the runner protocol
 * @returns {Promise<Judged>}
 */
export function judge(scenario, uncut, run) {
  return call((api) => api.judge(scenario, uncut, run));
}
