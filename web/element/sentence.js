// What happened to the selected row, in a sentence, what its program is, and how to fix it.

import { fullName } from './attributes.js';
import { h, renewing } from './dom.js';
import { sign } from './textures.js';
import { TITLES, isFault, word } from './verdicts.js';

/** @import { Model } from './model.js' */

/** How to read the columns. */
const COLUMNS = 'A number is a step of the program; a step that takes no time has no column. Widths are not to scale.';

/**
 * @param {Model} model
 * @param {{ changed: () => void, seek: (column: number) => void }} act
 */
export function sentence(model, act) {
  // It gets the focus when the chip that had it is removed and there is no other.
  const who = h('span', { 'aria-live': 'polite' });
  const what = h('span', { 'aria-live': 'polite' });
  const text = h('p', { class: 'says', tabindex: -1 }, who, what);
  const about = h('p', { class: 'about' });
  const moment = h('p', { class: 'about' });
  const chips = h('div', { class: 'chips' });
  const [say, offer] = [renewing(who), renewing(chips)];
  const there = h('button', {
    type: 'button', class: 'chip',
    click: () => {
      const column = model.breaks;
      model.selected = model.faulty(column);
      act.seek(column);
    },
  }, 'Go to where it breaks');
  return {
    // `about` is separate: its height does not change with the handle.
    node: h('div', {}, h('div', { class: 'sentence' }, text, chips), about, moment),
    update() {
      const { row, now } = model;
      const run = model.run(row);
      const answer = answers(model);
      const root = /** @type {ShadowRoot | Document} */ (chips.getRootNode());
      const held = root.activeElement;
      // When the handle has the focus, its value is spoken, and contains the verdict.
      who.ariaLive = held?.matches('[type=range]') ? 'off' : 'polite';
      const result = answer ?? `${TITLES[row.language]} ${row.name}: ${word(run, now)}.`;
      say(`${run.verdict} ${result}`, () => (answer ? [answer] : [...sign(run.verdict), h('b', {}, result), ' ']));
      const why = answer ? '' : run.sentences.join(' ');
      if (what.textContent !== why) what.textContent = why;

      about.textContent = `${row.name}: ${row.about}`;
      moment.textContent = model.cut === 'none' ? COLUMNS : `${model.moment}. ${COLUMNS}`;

      const first = model.first[model.selected];
      const mend = isFault(run) ? model.remedies(row) : [];
      const pressed = chips.contains(held);
      const back = !mend.length && row !== first ? [first] : [];
      const label = mend.length ? 'Fix it:' : back.length ? 'Back to:' : '';
      const on = model.faulty() < 0 && model.breaks !== undefined ? [there] : [];
      offer([label, ...[...mend, ...back].map(fullName), on.length].join(' '), () =>
        [...(label ? [label] : []), ...[...mend, ...back].map(chip), ...on]);
      // The pressed chip was removed; its replacement gets the focus.
      if (pressed && !held?.isConnected) (chips.querySelector('button') ?? text).focus();
    },
  };

  /**
   * @param {import('./types.js').Program} program
   */
  function chip(program) {
    return h('button', {
      type: 'button', class: 'chip', title: program.about,
      click: () => { model.pick(model.selected); model.choose(model.selected, program); act.changed(); },
    }, program.name);
  }
}

/**
 * When nobody leaves and all callers are told the same, that is the sentence.
 * @param {Model} model
 */
function answers(model) {
  const told = new Set(model.rows.map((row) => model.run(row).told));
  if (model.cut !== 'none' || told.size > 1) return undefined;
  return `${model.moment}: every caller is told “${[...told].join()}”.`;
}
