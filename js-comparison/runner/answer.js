// From a request to its lines.

import { errorLine, formatCut, runLines, runVirtual } from '../index.js';
import { ownProcess } from '../lab/program.js';
import { parseRequest } from './request.js';

/** @import { Outcome } from '../lab/types.js' */
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

/**
 * @param {Request} request
 * @returns {Promise<Outcome>}
 */
export async function run(request) {
  const { scenario, variant, cut, mode } = request;
  if (ownProcess(scenario, variant)) {
    // Worker threads take a while to load, and few runs need one.
    const { runInWorker } = await import('./own.js');
    return runInWorker(request);
  }
  // A program can end the process: by a rejection that nobody handles, by an
  // error in a listener. Node prints that; which run it was, only we know.
  const onExit = (/** @type {number} */ code) => console.error(
    `The process ended with ${code} in the middle of ${scenario.id}/${variant}, `
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
 * @param {Request} request
 * @param {Outcome} outcome
 * @returns {string}
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
