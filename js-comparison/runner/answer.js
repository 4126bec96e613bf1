// From a request to its lines.

import { errorLine, formatCut, runLines, runVirtual } from '../index.js';
import { parseRequest } from './request.js';

/** @import { Request } from './request.js' */

/**
 * Answers one line of the protocol with one run, or with an error line.
 * @param {string} text
 * @returns {Promise<string>}
 */
export async function answer(text) {
  try {
    const request = parseRequest(text);
    return lines(request, await run(request));
  } catch (error) {
    return errorLine(error instanceof Error ? error.message : String(error));
  }
}

/** @param {Request} request */
export async function run({ scenario, variant, cut, mode }) {
  if (mode === 'virtual') return runVirtual(scenario, variant, cut);
  const { runReal } = await import('../real/run.js');
  return runReal(scenario, variant, cut);
}

/**
 * @param {Request} request
 * @param {import('../lab/types.js').Outcome} outcome
 */
export function lines({ scenario, variant, cut, mode }, outcome) {
  return runLines({
    runtime: { node: process.versions.node },
    scenario: scenario.id,
    variant,
    who: scenario.who,
    mode,
    cut: formatCut(cut),
  }, outcome);
}
