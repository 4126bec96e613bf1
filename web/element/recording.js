// How a run in the page stands to the recording.

/** @import { Program, Run } from './types.js' */

/**
 * Some programs panic, reject what nobody handles, or need threads: a page shows their
 * recording and never runs them.
 * @param {Program} program
 */
export const canRunHere = ({ in_page }) => in_page !== false;

export const NOT_HERE = 'a page cannot run it';

/**
 * Where a language leaves an outcome to chance, several are right; the recorded
 * one is the worst of them.
 * @param {Program} program
 * @param {number} cell
 * @param {Run} run
 * @returns {'same' | 'chance' | 'differs'}
 */
export function standing({ runs, chance = [] }, cell, { digest }) {
  if (runs[cell].digest === digest) return 'same';
  const may = chance.some((one) => one.cell === cell && one.digests.includes(digest));
  return may ? 'chance' : 'differs';
}
