// Parses the attributes of the element.

import { PageError } from './assets.js';

/** @import { Bundle, Program } from './types.js' */
/** @import { View } from './model.js' */

/** A limit, because the attributes may come from an untrusted address. */
const MOST_ROWS = 12;

const VIEWS = ['map', 'run', 'code'];

/**
 * @param {Bundle} bundle
 * @param {string | null} text `rust/naive go/naive`
 * @returns {Program[]}
 */
export function parsePrograms({ id, programs }, text) {
  const asked = text?.split(/[\s,]+/).filter(Boolean) ?? [];
  const names = asked.length ? asked : firsts(programs).map(fullName);
  if (names.length > MOST_ROWS) {
    throw new PageError(`programs has ${names.length} programs; at most ${MOST_ROWS} are shown.`);
  }
  return names.map((name) => {
    const found = programs.find((program) => fullName(program) === name);
    if (found) return found;
    throw new PageError(`There is no program “${name.slice(0, 80)}” in ${id}.`, { name, names: programs.map(fullName) });
  });
}

/** @param {string} text */
export function parseView(text) {
  if (!VIEWS.includes(text)) {
    throw new PageError(`Invalid view “${text.slice(0, 80)}”: there are ${VIEWS.join(', ')}.`);
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
