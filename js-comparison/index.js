// What a page imports. Nothing that is imported from here needs Node.

import { drive } from './lab/drive.js';
import { variantOf } from './lab/scenario.js';
import { virtualBackend } from './lab/virtual.js';

/** @import { Cut } from './lab/cut.js' */
/** @import { Scenario } from './lab/scenario.js' */
/** @import { Outcome } from './lab/types.js' */

export { formatCut, parseCut } from './lab/cut.js';
export { errorLine, runLines } from './lab/ndjson.js';
export { loadScenario } from './load.js';

/**
 * Runs one variant under one cut in virtual time.
 * @template P
 * @param {Scenario<P>} scenario
 * @param {string} variant
 * @param {Cut} cut `none`, `at-once` or an instant
 * @returns {Promise<Outcome>}
 * @throws {Error} if there is no such variant, if virtual time has no such cut,
 *   or if the run may end the process
 */
export async function runVirtual(scenario, variant, cut) {
  if (variantOf(scenario, variant).in_page === false) {
    throw new Error(`${scenario.id}/${variant} may end its process: `
      + 'only the runner can run it, in a worker thread');
  }
  return drive(scenario, variant, cut, virtualBackend());
}
