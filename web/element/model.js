// The state of one element: the programs, the cut, the row that the panes show.

import { cellOf, columns, nextChange } from './axis.js';
import { TITLES, isFault, word } from './verdicts.js';

/** @import { Bundle, Program } from './types.js' */
/** @typedef {'map' | 'run' | 'world' | 'code'} View */

export class Model {
  /**
   * @param {Bundle} bundle
   * @param {Program[]} programs
   * @param {string} cut
   */
  constructor(bundle, programs, cut) {
    this.bundle = bundle;
    this.rows = programs;
    this.cell = cellOf(bundle.cells, cut);
    this.columns = columns(bundle, programs);
    this.selected = 0;
    /** Whether the row was chosen, by a reader or by the page. */
    this.picked = false;
    this.touched = false;
    /** Whether a reader has opened or closed a pane. */
    this.opened = false;
    /** @type {View} */
    this.view = 'map';
    /** The programs at the beginning, to go back to. */
    this.first = [...programs];
  }

  /** The column of the chosen cell. */
  get at() {
    const found = this.columns.indexOf(this.cell);
    return found < 0 ? this.columns.length - 1 : found;
  }

  set at(column) {
    this.cell = this.columns[Math.min(Math.max(column, 0), this.columns.length - 1)];
  }

  /** The cell that the handle stands on. */
  get now() {
    return this.bundle.cells[this.columns[this.at]];
  }

  get cut() {
    return this.now.cut;
  }

  get row() {
    return this.rows[this.selected];
  }

  /** @param {Program} program */
  run(program) {
    return program.runs[this.columns[this.at]];
  }

  /**
   * @param {number} row
   * @param {Program} program
   */
  choose(row, program) {
    this.rows = this.rows.with(row, program);
    this.columns = columns(this.bundle, this.rows);
  }

  /**
   * The next column where a verdict is another.
   * @param {1 | -1} way
   */
  change(way) {
    return nextChange(this.rows, this.columns, this.at, way);
  }

  /** @param {number} row */
  pick(row) {
    this.selected = row;
    this.picked = true;
  }

  /** The row with a fault in a column, the selected one before others; or -1. */
  faulty(column = this.at) {
    const bad = this.rows.map(({ runs }) => isFault(runs[this.columns[column]]));
    return bad[this.selected] ? this.selected : bad.indexOf(true);
  }

  /** The nearest column with a fault, those before this one first. */
  get breaks() {
    const found = [...this.columns.keys()].filter((column) => this.faulty(column) >= 0);
    return found.findLast((column) => column <= this.at) ?? found[0];
  }

  /**
   * Programs of the same language that the map confirms to be safe.
   * @param {Program} program
   */
  remedies({ language, name }) {
    return this.bundle.programs.filter(
      (other) =>
        other.language === language &&
        other.name !== name &&
        other.confirmed &&
        other.declares === 'safe' &&
        !isFault(this.run(other)),
    );
  }

  /** The name of the cut: `The client leaves`. */
  get event() {
    const { who, event } = this.bundle;
    if (who === 'client') return 'The client leaves';
    return who === 'inside' && event ? capital(event) : 'The caller gives up';
  }

  /** The cut in the past tense: `the client left`. */
  get happened() {
    const { who, event } = this.bundle;
    if (who === 'client') return 'the client left';
    return who === 'inside' && event ? event : 'the caller gave up';
  }

  /** The moment at which the run of this column was cut: `The client left at 510 ms`. */
  get moment() {
    const { cut, head } = this.now;
    if (cut === 'none') return capital(head);
    return `${capital(this.happened)} ${cut === 'at-once' ? 'at once' : `at ${cut.replace('ms', ' ms')}`}`;
  }

  /** `(3) waiting, 10-1010 ms`. */
  get where() {
    const { head, times = '' } = this.now;
    return [head, times.replace('-', '–')].filter(Boolean).join(', ');
  }

  /** The value of the handle for screen readers. */
  get valueText() {
    const rows = this.rows.map(
      (row) => `${TITLES[row.language]} ${row.name}: ${word(this.run(row), this.now)}`,
    );
    return `${this.where}. ${rows.join('. ')}`;
  }
}

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
