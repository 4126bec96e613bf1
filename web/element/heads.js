// The heads of the columns: step and times, once for neighbours of one step.

import { h, numbered } from './dom.js';

/** @import { Model } from './model.js' */
/** @typedef {{ first: number, last: number }} Group columns that share a head */

/** @param {Model} model */
export function heads(model) {
  const node = h('div', { class: 'heads', 'aria-hidden': 'true' });
  /** @type {number[]} */
  let drawn = [];
  /** @type {Group[]} */
  let groups = [];
  return {
    node,
    /** Whether a head tells less than its column's own step and times. */
    get shared() { return groups.length < drawn.length; },
    update() {
      if (drawn !== model.columns) {
        drawn = model.columns;
        groups = neighbours(model);
        node.replaceChildren(...groups.map((group) => head(model, group)));
      }
      groups.forEach(({ first, last }, nth) => {
        node.children[nth].classList.toggle('now', first <= model.at && model.at <= last);
      });
    },
  };
}

/**
 * @param {Model} model
 * @returns {Group[]}
 */
function neighbours({ bundle, columns }) {
  /** @type {Group[]} */
  const groups = [];
  columns.forEach((cell, column) => {
    const last = groups.at(-1);
    const { head } = bundle.cells[cell];
    if (last && head && head === bundle.cells[columns[last.first]].head) last.last = column;
    else groups.push({ first: column, last: column });
  });
  return groups;
}

/**
 * @param {Model} model
 * @param {Group} group
 */
function head({ bundle, columns }, { first, last }) {
  const [begin, end] = [first, last].map((column) => bundle.cells[columns[column]]);
  const times = first === last ? begin.times : `${begin.from}-${end.to} ms`;
  // The last column also stands for every later cut that changes nothing.
  const late = begin.cut === 'none' && columns.length < bundle.cells.length;
  const node = h('div', {}, h('div', { class: 'step' }, ...named(begin)),
    h('small', {}, (late ? 'or too late' : times ?? '').replace('-', '–')));
  node.style.flexGrow = String(last - first + 1);
  return node;
}

/**
 * The ends of the axis have no step number. Where their words do not fit they have
 * a short form.
 * @param {import('./types.js').Cell} cell
 */
function named({ cut, head }) {
  const brief = { 'at-once': '0 ms', none: 'never' }[cut];
  return brief
    ? [h('span', { class: 'full' }, head), h('span', { class: 'brief' }, brief)]
    : numbered(head);
}
