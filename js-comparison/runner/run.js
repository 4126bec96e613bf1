// Executes a request.

import { formatCut, runLines, runVirtual } from '../index.js';
import { variantOf } from '../lab/scenario.js';

/** @import { Outcome } from '../lab/types.js' */
/** @import { Request } from './request.js' */

/**
 * @param {Request} request
 * @returns {Promise<Outcome>}
 */
export async function run(request) {
  const { scenario, variant, cut, mode } = request;
  if (variantOf(scenario, variant).in_page === false) {
    // Loading worker threads takes a while, and few runs need one.
    const { runInWorker } = await import('./worker-run.js');
    return runInWorker(request);
  }
  // A program can end the process: by an unhandled rejection, or by an error in a
  // listener. Node prints the error, and this prints which run it was.
  const onExit = (/** @type {number} */ code) => console.error(
    `The process ended with ${code} during ${scenario.id}/${variant}, `
      + `cut ${formatCut(cut)}, ${mode} time.`,
  );
  process.on('exit', onExit);
  try {
    if (mode === 'virtual') return await runVirtual(scenario, variant, cut);
    const { runReal } = await import('../real/run.js');
    return await runReal(scenario, variant, cut);
  } finally {
    process.off('exit', onExit);
  }
}

/**
 * The run as lines of the protocol.
 * @param {Request} request
 * @param {Outcome} outcome
 * @returns {string}
 */
export function formatLines({ scenario, variant, cut, mode }, outcome) {
  return runLines({
    runtime: { node: process.versions.node },
    scenario: scenario.id,
    variant,
    who: scenario.contract.who,
    mode,
    cut: formatCut(cut),
  }, outcome);
}
