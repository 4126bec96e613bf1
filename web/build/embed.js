// Splits the output of `droppoint embed` into pieces, from which the page makes the
// embed code for any rows.

import { execFileSync } from 'node:child_process';

const ROOT = new URL('../../', import.meta.url);

/** The recipes set it. */
const BIN = process.env.DROPPOINT ?? new URL('target/debug/droppoint', ROOT).pathname;

/** @import { Embed } from '../site/share.js' */

/** @param {string[]} args */
function droppoint(...args) {
  return execFileSync(BIN, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/**
 * The element with its plain rows, without what loads it.
 * @param {string} id
 */
export async function fallbackOf(id) {
  return split(droppoint('embed', id)).element.trimEnd();
}

/**
 * @param {string} id
 * @param {{ language: string, name: string }[]} programs
 * @returns {Embed}
 */
export function embedParts(id, programs) {
  const names = programs.map(({ language, name }) => `${language}/${name}`);
  const all = droppoint('embed', id, ...names.flatMap((name) => ['--program', name]));
  const { before, element, after } = split(all);
  const inside = element.slice(element.indexOf('>') + 1);
  const from = inside.indexOf('<tr>', inside.indexOf('<tbody>'));
  const to = inside.indexOf('</tbody>');
  const rows = inside.slice(from, to).split(/(?=<tr>)/);
  if (rows.length !== names.length) {
    throw new Error(`droppoint embed ${id} printed ${rows.length} rows for ${names.length} programs`);
  }
  return {
    before,
    head: inside.slice(0, from),
    rows: Object.fromEntries(names.map((name, at) => [name, rows[at]])),
    tail: inside.slice(to),
    after,
  };
}

/**
 * What loads the element's parts stands before and after it.
 * @param {string} text
 */
function split(text) {
  const end = '</drop-point>\n';
  const [from, to] = [text.indexOf('<drop-point'), text.indexOf(end) + end.length];
  return { before: text.slice(0, from), element: text.slice(from, to), after: text.slice(to) };
}
