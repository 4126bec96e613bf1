// The verdicts: a word each, and whether it is a fault.

/** @import { Run, Cell, Verdict, Language } from './types.js' */

/** @type {Record<Verdict, string>} */
const WORDS = {
  stuck: 'stuck',
  broken: 'broken',
  lost: 'lost',
  leaked: 'leaked',
  finished: 'finished anyway',
  clean: 'clean',
  done: 'already done',
};

/** As in the terminal, and in links. @type {Record<Verdict, string>} */
export const GLYPHS = {
  stuck: '#', broken: 'X', lost: '?', leaked: '~', finished: '>', clean: '.', done: ' ',
};

/** @type {Record<Language, string>} */
export const TITLES = { rust: 'Rust', go: 'Go', js: 'JavaScript' };

/**
 * The word for a run on screen. Where nobody cut anything, what the caller was
 * told says more than "already done".
 * @param {Run} run
 * @param {Cell} cell
 */
export function word(run, cell) {
  if (run.unrealized) return 'not reached';
  return run.verdict === 'done' && cell.cut === 'none' ? run.told : WORDS[run.verdict];
}

/** @param {Run} run */
export const isFault = ({ verdict }) =>
  verdict !== 'finished' && verdict !== 'clean' && verdict !== 'done';

/**
 * A flag that comes down again is held by somebody; another one is a fact.
 * @param {boolean} up
 * @param {{ leaves?: string }} [about]
 */
export const flag = (up, about) =>
  (about?.leaves ? (up ? 'held' : 'free') : up ? 'yes' : 'no');
