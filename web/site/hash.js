// The part of an address after `#`: rows, cut, and what its writer saw.

import { askedPrograms, fullName } from '../element/asked.js';
import { cellOf } from '../element/axis.js';
import { GLYPHS, TITLES, word } from '../element/verdicts.js';

/** @import { Bundle, Program, Run, Verdict } from '../element/types.js' */
/** @typedef {{ programs?: string, cut?: string, saw?: string, trouble?: string }} Asked */

/**
 * What a link asks for. What cannot be understood is left out, and `trouble`
 * says what that was.
 * @param {string} hash
 * @param {Bundle} bundle
 * @returns {Asked}
 */
export function read(hash, bundle) {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const known = ['programs', 'at', 'saw'];
  if (![...fields.keys()].some((key) => known.includes(key))) {
    return { trouble: 'The end of this address (after #) says nothing that is known here, so nobody leaves yet.' };
  }
  /** @type {Asked} */
  const asked = {};
  try {
    const programs = fields.get('programs');
    if (programs !== null) {
      const names = programs.replaceAll('.', '/').split(',').filter(Boolean).join(' ');
      asked.programs = askedPrograms(bundle, names).map(fullName).join(' ');
    }
    const cut = fields.get('at');
    if (cut !== null) {
      cellOf(bundle.cells, cut);
      asked.cut = cut;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { trouble: `This link asks for something that is not here. ${why.replace('cancel-at takes', 'there are')} The page shows its usual rows instead.` };
  }
  const saw = fields.get('saw')?.replaceAll('_', ' ');
  if (saw !== undefined) {
    const rows = askedPrograms(bundle, asked.programs ?? null).length;
    if (saw.length === rows && [...saw].every((glyph) => verdictOf(glyph))) asked.saw = saw;
    else asked.trouble = `This link is damaged: what it says was seen (“${saw.slice(0, 40)}”) does not fit its ${rows} rows.`;
  }
  return asked;
}

/**
 * @param {Program[]} programs
 * @param {string} cut
 * @param {string} saw
 */
export function write(programs, cut, saw) {
  const names = programs.map((one) => fullName(one).replace('/', '.')).join(',');
  return `#programs=${names}&at=${cut}&saw=${encodeURIComponent(saw.replaceAll(' ', '_'))}`;
}

/**
 * One sign a row, as in the terminal: `X>>`.
 * @param {Program[]} programs
 * @param {number} cell
 */
export const sawOf = (programs, cell) =>
  programs.map(({ runs }) => GLYPHS[runs[cell].verdict]).join('');

/**
 * What is another result than the link's writer saw.
 * @param {Bundle} bundle
 * @param {Program[]} programs
 * @param {number} cell
 * @param {string} saw
 */
export function difference({ cells }, programs, cell, saw) {
  const moved = programs.flatMap((program, row) => {
    const was = verdictOf(saw[row]);
    const run = program.runs[cell];
    if (!was || was === run.verdict) return [];
    // In the uncut column the word is what the caller was told.
    const cut = { ...cells[cell], cut: '' };
    const then = word(/** @type {Run} */ ({ verdict: was }), cut);
    return [`${TITLES[program.language]} ${program.name} was “${then}” and is “${word(run, cut)}” now`];
  });
  return moved.length ? `The result differs from what this link's writer saw: ${moved.join('; ')}.` : '';
}

/** @param {string} glyph */
const verdictOf = (glyph) =>
  /** @type {Verdict | undefined} */ (
    Object.entries(GLYPHS).find(([, sign]) => sign === glyph)?.[0]);
