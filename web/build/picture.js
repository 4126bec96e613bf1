// Strips in the HTML, with the textures and signs of the element. They have no style
// attribute, which a strict CSP would forbid.

import { SIGNS, TEXTURES } from '../element/textures.js';
import { stripLabel } from '../element/strip.js';
import { escaped } from './template.js';

/** @import { Bundle, Program, Verdict } from '../element/types.js' */

const [WIDTH, HEIGHT, GAP] = [300, 26, 3];

/** What the strips of a page refer to. */
export function signs() {
  return '<svg class="signs" width="0" height="0" aria-hidden="true">'
    + Object.entries(TEXTURES).map(([name, d]) =>
      `<pattern id="t-${name}" class="${name}" width="8" height="8" patternUnits="userSpaceOnUse"><path d="${d}"/></pattern>`).join('')
    + Object.entries(SIGNS).map(([name, d]) =>
      `<symbol id="s-${name}" class="${name}" viewBox="0 0 20 20"><rect width="20" height="20" rx="5"/><path d="${d}"/></symbol>`).join('')
    + '</svg>';
}

/**
 * @param {Bundle} bundle
 * @param {number[]} columns
 * @param {Program} program
 */
export function strip(bundle, columns, program) {
  const share = WIDTH / columns.length;
  const size = Math.min(16, share - GAP - 1);
  const cells = columns.map((cell, at) =>
    box(program.runs[cell].verdict, bundle.cells[cell].cut === 'none', at * share + GAP / 2, share - GAP, size)).join('');
  return `<svg class="strip" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-label="${escaped(stripLabel(bundle, columns, program))}">${cells}</svg>`;
}

/**
 * @param {Verdict} verdict
 * @param {boolean} uncut
 * @param {number} x
 * @param {number} width
 * @param {number} size of the sign
 */
function box(verdict, uncut, x, width, size) {
  const place = `x="${round(x)}" width="${round(width)}" height="${HEIGHT}" rx="4"`;
  const sign = `<use href="#s-${verdict}" x="${round(x + (width - size) / 2)}" y="${round((HEIGHT - size) / 2)}" width="${round(size)}" height="${round(size)}"/>`;
  if (verdict === 'done') return `<rect class="cell done" ${place}/>${uncut ? sign : ''}`;
  return `<rect class="tint ${verdict}" ${place}/><rect class="cell" fill="url(#t-${verdict})" ${place}/>${sign}`;
}

/** @param {number} number */
const round = (number) => Number(number.toFixed(1));
