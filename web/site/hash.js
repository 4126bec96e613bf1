// Reads and writes the part of an address after `#`: rows, cut, the verdicts that
// its writer saw, and the selected row, pane and event.

import { parsePrograms, parseView, fullName } from '../element/attributes.js';
import { PageError } from '../element/assets.js';
import { cellOf } from '../element/axis.js';
import { didYouMean } from '../element/did-you-mean.js';
import { GLYPHS, TITLES, word } from '../element/verdicts.js';

/** @import { Bundle, Program, Run, Verdict } from '../element/types.js' */
/** @typedef {{ row?: number, view?: string, event?: number }} ViewState rows and events count from 1 */
/** @typedef {ViewState & { programs?: string, cut?: string, saw?: string, problem?: string }} Asked */

/**
 * What a link asks for. Parts that cannot be parsed are left out, and `problem`
 * names the first one.
 * @param {string} hash
 * @param {Bundle} bundle
 * @returns {Asked}
 */
export function read(hash, bundle) {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const known = ['programs', 'at', 'saw', 'row', 'view', 'event'];
  if (![...fields.keys()].some((key) => known.includes(key))) {
    return { problem: 'The part of this address after # is not understood. The page shows its usual rows.' };
  }
  /** @type {Asked} */
  const asked = {};
  try {
    const programs = fields.get('programs');
    if (programs !== null) {
      const names = programs.replaceAll('.', '/').split(',').filter(Boolean).join(' ');
      asked.programs = parsePrograms(bundle, names).map(fullName).join(' ');
    }
    const cut = fields.get('at');
    if (cut !== null) {
      cellOf(bundle.cells, cut);
      asked.cut = cut;
    }
    Object.assign(asked, readViewState(fields, parsePrograms(bundle, asked.programs ?? null).length));
  } catch (error) {
    const why = messageOf(error);
    return { problem: `This link is wrong. ${why} The page shows its usual rows.` };
  }
  const saw = fields.get('saw')?.replaceAll('_', ' ');
  if (saw !== undefined) {
    const rows = parsePrograms(bundle, asked.programs ?? null).length;
    if (saw.length === rows && [...saw].every((glyph) => verdictOf(glyph))) asked.saw = saw;
    else asked.problem = `This link is damaged: its result (“${saw.slice(0, 40)}”) does not match its number of rows, ${rows}.`;
  }
  return asked;
}

/** @param {unknown} error */
function messageOf(error) {
  if (error instanceof PageError && error.choice) {
    return `${error.message} ${didYouMean(error.choice.name, error.choice.names)}`.trim();
  }
  return error instanceof Error ? error.message : String(error);
}

/**
 * @param {URLSearchParams} fields
 * @param {number} rows
 */
function readViewState(fields, rows) {
  /** @type {ViewState} */
  const found = {};
  const [row, view, event] = ['row', 'view', 'event'].map((name) => fields.get(name));
  if (row !== null) {
    found.row = count(row);
    if (!(found.row <= rows)) throw new Error(`Invalid row “${row.slice(0, 80)}”: there are 1 to ${rows}.`);
  }
  if (view !== null) found.view = parseView(view);
  if (event !== null) {
    found.event = count(event);
    if (!found.event) throw new Error(`Invalid event “${event.slice(0, 80)}”.`);
  }
  return found;
}

/** @param {string} text */
const count = (text) => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) : NaN);

/**
 * What is as it is at first is left out.
 * @param {Program[]} programs
 * @param {string} cut
 * @param {string} saw
 * @param {ViewState} viewed
 */
export function write(programs, cut, saw, { row = 1, view = 'map', event }) {
  const names = programs.map((one) => fullName(one).replace('/', '.')).join(',');
  return `#programs=${names}&at=${cut}&saw=${encodeURIComponent(saw.replaceAll(' ', '_'))}`
    + (row > 1 ? `&row=${row}` : '') + (view === 'map' ? '' : `&view=${view}`) + (event ? `&event=${event}` : '');
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
  return moved.length ? `The result differs from the one in this link: ${moved.join('; ')}.` : '';
}

/** @param {string} glyph */
const verdictOf = (glyph) =>
  /** @type {Verdict | undefined} */ (
    Object.entries(GLYPHS).find(([, sign]) => sign === glyph)?.[0]);
