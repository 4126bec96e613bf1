// The world beside the story: what each place holds after the current event.

import { h } from '../../element/dom.js';
import { flag } from '../../element/verdicts.js';

/** @import { Bundle, Place } from '../../element/types.js' */
/** @import { Step } from './steps.js' */

/**
 * @param {Bundle} bundle
 * @param {Step} step
 */
export function world(bundle, step) {
  const rows = Object.entries(step.world).map(([name, place]) => {
    const changed = name === step.changed;
    return h('tr', changed ? { class: 'changed' } : {},
      h('th', { scope: 'row', title: bundle.places[name]?.about }, name),
      h('td', {}, ...holds(place, bundle.places[name]), ...(changed ? [h('small', {}, ' changed')] : [])));
  });
  return h('table', { class: 'world' },
    h('caption', {}, `The world at ${step.at} ms`), h('tbody', {}, ...rows));
}

/**
 * @param {Place} place
 * @param {Bundle['places'][string]} about
 * @returns {(Node | string)[]}
 */
function holds(place, about) {
  if ('flag' in place) return [flag(place.flag, about)];
  if ('number' in place) return [String(place.number)];
  const items = 'set' in place ? place.set : 'queue' in place ? place.queue
    : Object.entries(place.map).map(([item, value]) => (value === 'whole' ? item : `${item} ${value}`));
  if (!items.length) return ['empty'];
  return items.flatMap((item) => [h('span', { class: 'item' }, item), ' ']);
}
