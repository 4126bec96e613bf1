// Which cells of the map have a column. The axis is ordinal: one column for
// each cell, however long it takes.

import { PageError } from './assets.js';
import { GLYPHS } from './verdicts.js';

/** @import { Bundle, Cell, Program } from './types.js' */

/**
 * The cells worth a column: the last ones, where every chosen program had
 * answered before the cut, are one with "nobody leaves".
 * @param {Bundle} bundle
 * @param {Program[]} programs
 * @returns {number[]} indices of cells; the last is the uncut run
 */
export function columns({ cells }, programs) {
  const none = cells.length - 1;
  let last = none - 1;
  while (last > 0 && programs.every(({ runs }) => runs[last].verdict === 'done')) last--;
  return [...Array(last + 1).keys(), none];
}

/**
 * The cell that holds a cut such as `505ms`.
 * @param {Cell[]} cells
 * @param {string} cut
 */
export function cellOf(cells, cut) {
  const exact = cells.findIndex((cell) => cell.cut === cut);
  if (exact >= 0) return exact;
  const ms = /^(\d{1,9})ms$/.exec(cut);
  if (!ms) {
    throw new PageError(
      `Invalid cut “${cut.slice(0, 80)}”: use at-once, none, or an instant such as 5ms.`,
    );
  }
  const at = Number(ms[1]);
  const found = cells.findIndex(
    ({ from, to }) => from !== undefined && from <= at && at < (to ?? Infinity),
  );
  if (found >= 0) return found;
  const end = Math.max(...cells.map(({ to }) => to ?? 0));
  throw new PageError(`${cut} is after the end of the runs of this scenario, ${end} ms.`);
}

/**
 * The next column in a direction where a verdict differs.
 * @param {Program[]} programs
 * @param {number[]} columns
 * @param {number} at
 * @param {1 | -1} way
 */
export function nextChange(programs, columns, at, way) {
  const glyphs = (/** @type {number} */ column) =>
    programs.map(({ runs }) => GLYPHS[runs[columns[column]].verdict]).join('');
  let next = at;
  while (next + way >= 0 && next + way < columns.length) {
    next += way;
    if (glyphs(next) !== glyphs(at)) break;
  }
  return next;
}
