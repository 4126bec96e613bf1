// What a page loads: the catalogue, and runs in virtual time. Nothing in here
// or behind it needs Node.

import { drive } from './lab/drive.js';
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
 * @throws {Error} if there is no such variant, or no such cut in virtual time
 */
export function runVirtual(scenario, variant, cut) {
  return drive(scenario, variant, cut, virtualArm());
}
