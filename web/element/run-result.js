// The result of a run in this page, beside the recorded one.

import { fullName } from './attributes.js';
import { h } from './dom.js';
import { NOT_HERE, canRunHere } from './recording.js';
import { compareRun } from './compare-run.js';
import { sign } from './textures.js';
import { word } from './verdicts.js';

/** @import { Ran } from './recording.js' */
/** @import { Cell, Program, Run } from './types.js' */

/**
 * @param {Cell} cell
 * @param {number} nth of the programs' recorded runs
 * @param {{ program: Program, run: Run }[]} runs
 * @param {Program[]} failed
 * @returns {Ran}
 */
export function runResult(cell, nth, runs, failed) {
  const found = runs.map(({ program, run }) => compareRun(program, nth, run));
  const other = runs.filter((_, i) => found[i] === 'differs');
  return {
    state: 'ran',
    languages: runs.map(({ program }) => program.language),
    // An equal result stays in the badge until the next run; a difference belongs
    // to its cell and rows.
    stands: ({ now, rows }) =>
      !other.length || (cell === now && runs.every(({ program }) => rows.includes(program))),
    text({ rows }) {
      const same = found.every((one) => one === 'same');
      const how = other.length ? 'differs from the recording' : same ? 'same as recorded' : 'another of its possible random outcomes';
      const never = rows.filter((row) => !canRunHere(row)).map(fullName).join(', ');
      const kept = [
        ...(never ? [`${never} recorded: ${NOT_HERE}`] : []),
        ...failed.map((program) => `${fullName(program)} recorded`),
      ];
      return {
        badge: [`ran in this page: ${how}`, ...kept].join('; '),
        differs: other.map(difference),
      };
    },
  };

  /** @param {{ program: Program, run: Run }} one */
  function difference({ program, run }) {
    return h('li', {}, `${fullName(program)}, ${cell.head || cell.times}: recorded `,
      ...shown(program.runs[nth]), ', here ', ...shown(run));
  }

  /** @param {Run} run */
  function shown(run) {
    return [...sign(run.verdict), `${word(run, cell)}${run.words ? ` (${run.words})` : ''}`];
  }
}
