// The world: what every place holds, when the client left and in the end.
// Each item has a column, so that a missing item is a gap.

import { h } from './dom.js';
import { patch } from './patch.js';
import { TITLES, flag, isFault } from './verdicts.js';

/** @import { Model } from './model.js' */
/** @import { Place, Run, World } from './types.js' */

/** @param {Model} model */
export function world(model) {
  const node = h('div', { class: 'places' });
  let shown = '';
  return {
    node,
    update() {
      const { row } = model;
      const run = model.run(row);
      const { at_cut, end, left } = run;
      const key = JSON.stringify([row.language, row.name, isFault(run), at_cut, end, left]);
      if (key === shown) return;
      shown = key;
      patch(node, places(model, run));
    },
  };
}

/**
 * @param {Model} model
 * @param {Run} run
 */
function places(model, run) {
  const { row, bundle } = model;
  const left = (run.left ?? []).map(({ what, name }) => `${what} ${name}`);
  return [
    h('p', { class: 'of' }, `${TITLES[row.language]} ${row.name}`),
    ...(run.at_cut ? [table(model, `when ${model.happened}`, run.at_cut, () => false)] : []),
    table(model, 'in the end', run.end, faultyItem(run)),
    ...(left.length ? [h('p', { class: 'left' }, `Still there: ${left.join(', ')}`)] : []),
    ...(named(bundle, run) ? [h('p', { class: 'key' }, ownersText(bundle))] : []),
  ];
}

/**
 * Whether what is wrong with a run is about an item. A step's number is none.
 * @param {Run} run
 * @returns {(item: string) => boolean}
 */
function faultyItem(run) {
  const plain = (/** @type {string} */ text) => ` ${text.replaceAll(/[^\w-]+/g, ' ').trim()} `;
  const words = isFault(run) ? plain(run.sentences.join(' ').replaceAll(/\([^)]*\)/g, '')) : '';
  return (item) => words.includes(plain(item));
}

/**
 * Whether a client's things are called as it is.
 * @param {import('./types.js').Bundle} bundle
 * @param {Run} run
 */
const named = ({ who, caller, probes }, { at_cut = {}, end }) =>
  who === 'client' && [...Object.values(at_cut), ...Object.values(end)].some((place) =>
    [caller, ...probes].some((client) => client in (held(place) ?? {})));

/** @param {import('./types.js').Bundle} bundle */
function ownersText({ caller, probes }) {
  const next = probes.length ? ` · ${probes.join(',\u00a0')}: of the next clients` : '';
  return `${caller}: of the client that leaves${next}`;
}

/**
 * @param {Model} model
 * @param {string} caption
 * @param {World} world
 * @param {(item: string) => boolean} fault
 */
function table({ bundle }, caption, world, fault) {
  const places = Object.entries(world);
  const columns = [...new Set(places.flatMap(([, place]) => Object.keys(held(place) ?? {})))].sort();
  const wide = Math.max(columns.length, 1);
  const body = places.map(([name, place]) => {
    const about = h('th', { scope: 'row', title: bundle.places[name]?.about }, name);
    const items = held(place);
    if (!items || 'queue' in place) {
      return h('tr', {}, about, h('td', { colspan: wide }, plain(place, bundle.places[name])));
    }
    const cells = columns.map((item) => {
      const value = items[item];
      if (value === undefined) return h('td', {}, slot(item, fault(item)));
      const alone = fault(item) && !everywhere(bundle, world, name, item);
      return h('td', {}, h('span', { class: alone ? 'item odd' : 'item' },
        value === '' || value === 'whole' ? item : `${item} ${value}`));
    });
    return h('tr', {}, about, ...(cells.length ? cells : [h('td', {}, h('span', { class: 'none' }, 'empty'))]));
  });
  return h('table', { class: columns.length > 5 ? 'dense' : undefined }, h('caption', {}, caption), h('tbody', {}, ...body));
}

/**
 * A gap, where another place has the item.
 * @param {string} item
 * @param {boolean} fault
 */
const slot = (item, fault) =>
  h('span', { class: fault ? 'item gap odd' : 'item gap' },
    h('span', { class: 'hidden' }, `no ${item}`));

/**
 * @param {Place} place
 * @returns {Record<string, string> | undefined}
 */
function held(place) {
  if ('map' in place) return place.map;
  return 'set' in place ? Object.fromEntries(place.set.map((item) => [item, ''])) : undefined;
}

/**
 * @param {import('./types.js').Bundle} bundle
 * @param {World} world
 * @param {string} name
 * @param {string} item
 */
function everywhere({ places }, world, name, item) {
  const { noun } = places[name] ?? {};
  return Object.entries(world).every(([other, place]) => {
    const items = held(place);
    return !noun || !items || places[other]?.noun !== noun || item in items;
  });
}

/**
 * @param {Place} place
 * @param {import('./types.js').Bundle['places'][string]} about
 */
function plain(place, about) {
  if ('flag' in place) return flag(place.flag, about);
  if ('number' in place) return String(place.number);
  if ('queue' in place) return place.queue.join(' ') || 'empty';
  return '';
}
