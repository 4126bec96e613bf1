// What the element's attributes ask for.

import { Trouble } from './assets.js';

/** @import { Bundle, Program } from './types.js' */
/** @import { View } from './model.js' */

/** More rows than this are no comparison, and a page may be hostile. */
const MOST_ROWS = 12;

const VIEWS = ['map', 'run', 'code'];

/**
 * @param {Bundle} bundle
 * @param {string | null} text `rust/naive go/naive`
 * @returns {Program[]}
 */
export function askedPrograms({ id, programs }, text) {
  const asked = text?.split(/[\s,]+/).filter(Boolean) ?? [];
  const names = asked.length ? asked : firsts(programs).map(fullName);
  if (names.length > MOST_ROWS) {
    throw new Trouble(`programs names ${names.length} programs; at most ${MOST_ROWS} have room.`);
  }
  return names.map((name) => {
    const found = programs.find((program) => fullName(program) === name);
    if (found) return found;
    throw new Trouble(`There is no program “${name.slice(0, 80)}” in ${id}.`, { name, names: programs.map(fullName) });
  });
}

/** @param {string} text */
export function askedView(text) {
  if (!VIEWS.includes(text)) {
    throw new Trouble(`“${text.slice(0, 80)}” is no view; there are ${VIEWS.join(', ')}.`);
  }
  return /** @type {View} */ (text);
}

/** @param {Program} program */
export const fullName = ({ language, name }) => `${language}/${name}`;

/**
 * The first program of each language.
 * @param {Program[]} programs
 */
export const firsts = (programs) =>
  [...new Map(programs.toReversed().map((one) => [one.language, one])).values()].reverse();
