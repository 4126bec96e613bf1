// What a page loads: the catalogue, and runs in virtual time. Nothing in here
// or behind it needs Node.

import { drive } from './lab/drive.js';
import { ownProcess } from './lab/program.js';
import { virtualArm } from './lab/virtual.js';

/** @import { Cut } from './lab/cut.js' */
/** @import { Outcome, Scenario } from './lab/types.js' */

export { catalogue } from './catalogue/index.js';
export { formatCut, parseCut } from './lab/cut.js';
export { errorLine, runLines } from './lab/ndjson.js';

/**
 * Runs one variant under one cut in virtual time.
 * @template P
 * @param {Scenario<P>} scenario
 * @param {string} variant
 * @param {Cut} cut `none`, `at-once` or `at`
 * @returns {Promise<Outcome>}
 * @throws {Error} if there is no such variant, or no such cut in virtual time,
 *   or if it may end the process that it runs in
 */
export async function runVirtual(scenario, variant, cut) {
  if (ownProcess(scenario, variant)) {
    throw new Error(`${scenario.id}/${variant} ends the process that it runs in: `
      + 'it cannot be run in a page, only by the runner');
  }
  return drive(scenario, variant, cut, virtualArm());
}
