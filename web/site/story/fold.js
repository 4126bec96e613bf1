// Computes the world after each event by applying the effects in order.

/** @import { Bundle, Ev, Place, World } from '../../element/types.js' */

/** @type {Record<string, () => Place>} */
const EMPTY = {
  set: () => ({ set: [] }),
  queue: () => ({ queue: [] }),
  map: () => ({ map: {} }),
  flag: () => ({ flag: false }),
  number: () => ({ number: 0 }),
};

/**
 * Before anything has happened.
 * @param {Bundle} bundle
 * @returns {World}
 */
export const before = ({ places }) =>
  Object.fromEntries(Object.entries(places).map(([name, { kind }]) => [name, EMPTY[kind]()]));

/**
 * The world after an event; the same one when the event changed nothing.
 * @param {World} world
 * @param {Ev} event
 * @returns {World}
 */
export function after(world, [, , kind, place, op, item, value, n]) {
  if (kind !== 'effect' || !(place in world)) return world;
  return { ...world, [place]: changed(world[place], op, item, value, n) };
}

/**
 * @param {Place} place
 * @param {string} op
 * @param {string} item
 * @param {string} value
 * @param {number} n
 * @returns {Place}
 */
function changed(place, op, item, value, n) {
  if ('set' in place) {
    const rest = place.set.filter((one) => one !== item);
    return { set: op === 'add' ? [...rest, item].sort() : rest };
  }
  if ('queue' in place) {
    return { queue: op === 'push' ? [...place.queue, item] : place.queue.slice(1) };
  }
  if ('map' in place) {
    const { [item]: _, ...rest } = place.map;
    return { map: op === 'put' ? { ...rest, [item]: value } : rest };
  }
  if ('flag' in place) return { flag: op === 'raise' };
  return { number: place.number + n };
}
