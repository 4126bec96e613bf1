// The map: heads, and a row for each program.

import { h, renewing } from './dom.js';
import { heads } from './heads.js';
import { picker } from './picker.js';
import { MANY, strip } from './strip.js';
import { sign } from './textures.js';
import { TITLES, word } from './verdicts.js';

/** @import { Model } from './model.js' */

/**
 * @param {Model} model
 * @param {{ changed: () => void, seek: (column: number, row?: number) => void }} act
 * @param {Element} grip the handle, which stands in the same columns
 */
export function map(model, act, grip) {
  const top = heads(model);
  const frame = h('div', { class: 'frame' });
  const stage = h('div', { class: 'stage', 'aria-hidden': 'true' }, frame);
  const rows = model.rows.map((_, at) => row(model, at, act));
  const choice = h('div', { class: 'rows', role: 'radiogroup', 'aria-label': 'Row that is explained below' },
    ...rows.map((one) => one.node));
  const node = h('div', { class: 'map' }, top.node, choice, grip, stage);
  /** @type {number[]} */
  let drawn = [];

  return {
    node,
    update() {
      top.update();
      if (drawn !== model.columns) {
        drawn = model.columns;
        node.style.setProperty('--n', String(drawn.length));
        // Then the step and times are shown below the handle.
        node.classList.toggle('many', drawn.length > MANY || top.shared);
      }
      setAt(frame, model.at);
      rows.forEach((one) => one.update());
    },
  };
}

/**
 * Set on the frame alone: an inherited property would make the browser update the
 * style of every node for each move of the handle.
 * @param {HTMLElement} frame
 * @param {number} at
 */
const setAt = (frame, at) => frame.style.setProperty('--at', String(at));

/**
 * A name that has to share a line on a phone has a short form.
 * @param {import('./types.js').Language} language
 */
const title = (language) =>
  language === 'js'
    ? [h('span', { class: 'long' }, TITLES.js), h('span', { class: 'short' }, 'JS')]
    : [TITLES[language]];

/**
 * @param {Model} model
 * @param {number} at
 * @param {{ changed: () => void, seek: (column: number, row?: number) => void }} act
 */
function row(model, at, act) {
  const radio = h('input', {
    type: 'radio', name: 'row',
    change: () => { model.pick(at); act.changed(); },
  });
  const pick = picker(model, at, act);
  const verdict = h('div', { class: 'verdict' });
  const say = renewing(verdict);
  const well = h('div', { class: 'well' });
  /** Names the row for screen readers: two rows may be of one language. */
  const name = h('span', { class: 'hidden' });
  const frame = h('div', { class: 'frame' });
  const node = h('div', { class: 'row' },
    h('label', { class: 'language' }, radio, ...title(model.rows[at].language), name),
    pick.node, well, verdict);

  /** @param {PointerEvent} event */
  const seek = (event) => {
    const { left, width } = well.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    act.seek(Math.floor(share * model.columns.length), at);
  };
  well.addEventListener('pointerdown', (event) => {
    // A finger may start to scroll; a tap is a click.
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    well.setPointerCapture(event.pointerId);
    seek(event);
  });
  well.addEventListener('pointermove', (event) => {
    if (well.hasPointerCapture(event.pointerId)) seek(event);
  });
  well.addEventListener('click', (event) => {
    if (/** @type {PointerEvent} */ (event).pointerType !== 'mouse') seek(/** @type {PointerEvent} */ (event));
  });

  /** @type {unknown} */
  let program;
  /** @type {unknown} */
  let columns;
  return {
    node,
    update() {
      const chosen = model.rows[at];
      if (program !== chosen || columns !== model.columns) {
        program = chosen;
        columns = model.columns;
        name.textContent = ` ${chosen.name}`;
        well.replaceChildren(strip(model, chosen), frame);
        pick.update();
      }
      const run = model.run(chosen);
      radio.checked = model.selected === at;
      node.classList.toggle('selected', radio.checked);
      setAt(frame, model.at);
      const says = word(run, model.now);
      say(`${run.verdict} ${says} ${run.words}`, () =>
        [...sign(run.verdict), h('span', { class: 'word' }, says), h('small', {}, run.words)]);
    },
  };
}
