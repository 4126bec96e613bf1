// Compares a run in the page with the recording.

/** @import { Program, Run } from './types.js' */

/**
 * Where a language leaves an outcome to chance, several are right; the recorded
 * one is the worst of them.
 * @param {Program} program
 * @param {number} cell
 * @param {Run} run
 * @returns {'same' | 'chance' | 'differs'}
 */
export function compareRun({ runs, chance = [] }, cell, { digest }) {
  if (runs[cell].digest === digest) return 'same';
  const may = chance.some((one) => one.cell === cell && one.digests.includes(digest));
  return may ? 'chance' : 'differs';
}
