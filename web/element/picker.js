// Which program of a language a row shows.

import { h } from './dom.js';
import { TITLES } from './verdicts.js';

/** @import { Model } from './model.js' */

/**
 * @param {Model} model
 * @param {number} at
 * @param {{ changed: () => void }} act
 */
export function picker(model, at, act) {
  const { language } = model.rows[at];
  const programs = model.bundle.programs.filter((program) => program.language === language);
  const node = h('select', {
    class: 'picker',
    'aria-label': `Program in ${TITLES[language]}`,
    change: () => {
      model.pick(at);
      model.choose(at, programs[node.selectedIndex]);
      act.changed();
    },
  }, ...programs.map(({ name }) => h('option', {}, name)));
  return {
    node,
    update() {
      const chosen = model.rows[at];
      node.selectedIndex = programs.indexOf(chosen);
      node.title = chosen.about;
    },
  };
}
