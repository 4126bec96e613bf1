// What happened to the selected row, in a sentence, and how to mend it.

import { h } from './dom.js';
import { sign } from './textures.js';
import { TITLES, isFault, word } from './verdicts.js';

/** @import { Model } from './model.js' */

/**
 * @param {Model} model
 * @param {{ changed: () => void }} act
 */
export function sentence(model, act) {
  const text = h('p', { class: 'says' });
  const chips = h('div', { class: 'chips' });
  return {
    node: h('div', { class: 'sentence' }, text, chips),
    update() {
      const { row, now } = model;
      const run = model.run(row);
      const verdict = now.cut === 'none' ? [] : [...sign(run.verdict), h('b', {}, word(run, now)), ' '];
      text.replaceChildren(...verdict, says(model).join(' '));

      const first = model.first[model.selected];
      const mend = isFault(run) ? model.remedies(row) : [];
      const offers = mend.map((program) => chip(program, program.name));
      if (offers.length) chips.replaceChildren('Mend it:', ...offers);
      else if (row !== first) chips.replaceChildren('Back to:', chip(first, first.name));
      else chips.replaceChildren();
    },
  };

  /**
   * @param {import('./types.js').Program} program
   * @param {string} label
   */
  function chip(program, label) {
    return h('button', {
      type: 'button', class: 'chip', title: program.about,
      click: () => { model.choose(model.selected, program); act.changed(); },
    }, label);
  }
}

/**
 * What the judge says; where it says nothing, what the program is.
 * @param {Model} model
 */
function says(model) {
  const { row, now } = model;
  const run = model.run(row);
  if (run.sentences.length) return run.sentences;
  if (now.cut === 'none') return answers(model);
  return [`${TITLES[row.language]} ${row.name}: ${row.about}`];
}

/**
 * What callers are told when nobody leaves.
 * @param {Model} model
 */
function answers({ rows, now, bundle }) {
  const cell = bundle.cells.indexOf(now);
  const told = rows.map((row) => row.runs[cell].told);
  const nobody = `${now.head.replace(/^./, (first) => first.toUpperCase())}:`;
  if (new Set(told).size === 1) return [`${nobody} every caller is told “${told[0]}”.`];
  return [nobody, ...rows.map((row, at) => `${TITLES[row.language]} says “${told[at]}”.`)];
}
