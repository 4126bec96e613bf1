// The gallery: a tile for every recorded scenario, in groups. A new scenario needs
// no change here.

import { firsts } from '../element/attributes.js';
import { columns } from '../element/axis.js';
import { TITLES } from '../element/verdicts.js';
import { strip } from './picture.js';
import { escaped } from './template.js';

/** @import { Bundle } from '../element/types.js' */

/** In this order; a group that is not named here comes after them. */
const GROUPS = ['tasks', 'channels', 'locks', 'shutdown'];

/** @param {Bundle[]} bundles */
export function gallery(bundles) {
  const names = [...new Set([...GROUPS, ...bundles.map(({ group }) => group)])];
  return names.map((name) => {
    const own = bundles.filter(({ group }) => group === name);
    if (!own.length) return '';
    return `<section class="group" aria-labelledby="group-${name}">\n`
      + `<h3 id="group-${name}">${capital(escaped(name))}</h3>\n`
      + `<ul class="tiles">\n${own.map(tile).join('\n')}\n</ul>\n</section>`;
  }).filter(Boolean).join('\n');
}

/**
 * Links to the scenarios to begin with.
 * @param {Bundle[]} bundles
 */
export const startHere = (bundles) => bundles.filter(({ start_here }) => start_here)
  .map(({ id, title }) => `<li><a href="s/${id}/">${escaped(title)}</a></li>`).join('\n');

/** @param {Bundle} bundle */
function tile(bundle) {
  const { id, title, question, programs, start_here } = bundle;
  const shown = firsts(programs);
  const cells = columns(bundle, shown);
  const strips = shown.map((program) =>
    `<div class="line"><span aria-hidden="true">${TITLES[program.language]}</span>${strip(bundle, cells, program)}</div>`);
  return `<li class="tile" data-words="${escaped(words(bundle))}">\n`
    + `<h4><a href="s/${id}/">${escaped(title)}</a></h4>\n`
    + `<p>${escaped(question)}${start_here ? ' <span class="begin">start here</span>' : ''}</p>\n`
    + `${strips.join('\n')}\n</li>`;
}

/**
 * What a search looks into.
 * @param {Bundle} bundle
 */
function words({ id, title, question, group, programs }) {
  const texts = programs.flatMap(({ language, name, about, lesson }) =>
    [TITLES[language], name, about, lesson ?? '']);
  return [...new Set([id, title, question, group, ...texts].join(' ').toLowerCase().split(/\s+/))].join(' ');
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
