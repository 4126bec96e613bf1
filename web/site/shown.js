// What the element shows, read from its attributes.

import { cellOf, columns } from '../element/axis.js';
import { parsePrograms, fullName } from '../element/attributes.js';

/** @import { Bundle, Program } from '../element/types.js' */
/** @import { DropPoint } from '../element/drop-point.js' */

export class Shown {
  /** @type {(() => void)[]} */
  #listeners = [];
  /** @type {(() => void)[]} */
  #any = [];
  /** What was shown at the last change. */
  #was;
  #row;
  /** The event of the story that a reader has chosen, from 1. @type {number | undefined} */
  event;

  /**
   * @param {DropPoint} point
   * @param {Bundle} bundle
   */
  constructor(point, bundle) {
    this.point = point;
    this.bundle = bundle;
    this.#was = this.#now();
    this.#row = this.row;
    point.addEventListener('change', () => {
      const other = this.#now() !== this.#was;
      if (other || this.row !== this.#row) this.event = undefined;
      // Another row or pane is still the same comparison.
      if (other) this.changed();
      else this.noted();
    });
  }

  /** @returns {Program[]} */
  get programs() {
    return parsePrograms(this.bundle, this.point.getAttribute('programs'));
  }

  /** The index of the cell that the handle stands on. */
  get cell() {
    const { bundle, programs } = this;
    const cell = cellOf(bundle.cells, this.point.getAttribute('cancel-at') ?? 'none');
    // A cut that changes nothing for these rows has no column of its own.
    return columns(bundle, programs).includes(cell) ? cell : bundle.cells.length - 1;
  }

  get cut() {
    return this.bundle.cells[this.cell].cut;
  }

  /** The index of the row that is selected. */
  get row() {
    return Math.min(Number(this.point.getAttribute('row') ?? 1), this.programs.length) - 1;
  }

  get view() {
    return this.point.getAttribute('view') ?? 'map';
  }

  /**
   * @param {{ programs?: string, cut?: string, row?: number, view?: string, event?: number }} choice
   */
  choose({ programs, cut, row, view, event }) {
    set(this.point, 'programs', programs);
    set(this.point, 'cancel-at', cut);
    set(this.point, 'row', row?.toString());
    // A link that names no view leaves the open pane as it is.
    if (view) set(this.point, 'view', view);
    this.event = event;
    this.changed();
  }

  /** @param {() => void} listener called when the comparison is another */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** @param {() => void} listener called then, and when another row, pane or event is looked at */
  onAny(listener) {
    this.#any.push(listener);
  }

  #now() {
    return `${this.programs.map(fullName)} ${this.cut}`;
  }

  changed() {
    this.#was = this.#now();
    for (const listener of this.#listeners) listener();
    this.noted();
  }

  noted() {
    this.#row = this.row;
    for (const listener of this.#any) listener();
  }
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | undefined} value
 */
function set(element, name, value) {
  if (value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
