// One row of the map: a cell for each column, its verdict as texture and sign.

import { s } from './dom.js';
import { TITLES, word } from './verdicts.js';

/** More columns than this have no room for words, nor for large signs. */
export const MANY = 7;

/** @import { Model } from './model.js' */
/** @import { Bundle, Program } from './types.js' */

/**
 * @param {Model} model
 * @param {Program} program
 */
export function strip(model, program) {
  const { columns, bundle } = model;
  const share = 100 / columns.length;
  const size = columns.length > MANY ? 12 : 20;
  const cells = columns.flatMap((cell, column) => {
    const { verdict } = program.runs[cell];
    const box = s('rect', { class: `cell ${verdict}`, height: '100%', rx: 5 });
    place(box, column * share, share);
    const sign = s('use', {
      href: `#s-${verdict}`, x: `${(column + 0.5) * share}%`, y: '50%', width: size, height: size,
      transform: `translate(${-size / 2} ${-size / 2})`,
    });
    if (verdict === 'done') return bundle.cells[cell].cut === 'none' ? [box, sign] : [box];
    const tint = /** @type {SVGElement} */ (box.cloneNode());
    place(tint, column * share, share);
    tint.setAttribute('class', `tint ${verdict}`);
    box.setAttribute('fill', `url(#t-${verdict})`);
    return [tint, box, sign];
  });
  return s('svg', {
    class: 'strip', role: 'img', 'aria-label': stripLabel(bundle, columns, program),
  }, ...cells);
}

/**
 * The strip in words.
 * @param {Bundle} bundle
 * @param {number[]} columns
 * @param {Program} program
 */
export function stripLabel({ cells }, columns, program) {
  const said = columns.map((cell) => {
    const { head, times } = cells[cell];
    return `${head || times}: ${word(program.runs[cell], cells[cell])}`;
    // Neighbours of one step with one verdict are said once.
  }).filter((one, at, all) => one !== all[at - 1]);
  return `${TITLES[program.language]} ${program.name}. ${said.join(', ')}`;
}

/**
 * A gap of 3 pixels between cells, whatever their width.
 * @param {SVGElement} box
 * @param {number} left percent
 * @param {number} share percent
 */
function place(box, left, share) {
  box.style.setProperty('x', `calc(${left}% + 1.5px)`);
  box.style.setProperty('width', `calc(${share}% - 3px)`);
}
