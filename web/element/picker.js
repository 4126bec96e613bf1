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
      model.selected = at;
      model.choose(at, programs[node.selectedIndex]);
      act.changed();
    },
  });
  return {
    node,
    update() {
      const chosen = model.rows[at];
      if (!node.length) node.append(h('option', {}, chosen.name));
      // The other names are made when somebody is about to look for them: a
      // page of embeds holds few nodes.
      if (model.touched || node.length > 1) fill();
      node.selectedIndex = node.length > 1 ? programs.indexOf(chosen) : 0;
      node.title = chosen.about;
    },
  };

  function fill() {
    if (node.length === programs.length) return;
    node.replaceChildren(...programs.map(({ name }) => h('option', {}, name)));
  }
}
