// What the element shows, read from its attributes: they say it at any time.

import { cellOf, columns } from '../element/axis.js';
import { askedPrograms, fullName } from '../element/asked.js';

/** @import { Bundle, Program } from '../element/types.js' */
/** @import { DropPoint } from '../element/drop-point.js' */

export class Shown {
  /** @type {(() => void)[]} */
  #listeners = [];
  /** What was shown at the last change. */
  #was;

  /**
   * @param {DropPoint} point
   * @param {Bundle} bundle
   */
  constructor(point, bundle) {
    this.point = point;
    this.bundle = bundle;
    this.#was = this.#now();
    point.addEventListener('change', () => {
      // Another row or pane is no other comparison.
      if (this.#now() !== this.#was) this.changed();
    });
  }

  /** @returns {Program[]} */
  get programs() {
    return askedPrograms(this.bundle, this.point.getAttribute('programs'));
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

  /**
   * @param {{ programs?: string, cut?: string }} choice
   */
  choose({ programs, cut }) {
    set(this.point, 'programs', programs);
    set(this.point, 'cancel-at', cut);
    this.changed();
  }

  /** @param {() => void} listener called after each change */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  #now() {
    return `${this.programs.map(fullName)} ${this.cut}`;
  }

  changed() {
    this.#was = this.#now();
    for (const listener of this.#listeners) listener();
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
