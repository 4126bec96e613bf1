// Applies effects to a world, for a run whose process has ended.

/** @import { Event } from '../lab/recorder.js' */
/** @import { PlaceState } from '../lab/types.js' */

/**
 * @param {Record<string, PlaceState>} world all its places
 * @param {Event} event
 * @throws {Error} if the place has no such operation
 */
export function apply(world, { kind, place: name = '', op, item = '', value = '', n = 0 }) {
  if (kind !== 'effect') return;
  const place = world[name];
  if ('set' in place && op === 'add') {
    place.set = [...place.set, item].sort();
  } else if ('set' in place && op === 'remove') {
    place.set = place.set.filter((it) => it !== item);
  } else if ('queue' in place && op === 'push') place.queue.push(item);
  else if ('queue' in place && op === 'pop') place.queue.shift();
  else if ('map' in place && op === 'put') place.map[item] = value;
  else if ('map' in place && op === 'delete') delete place.map[item];
  else if ('flag' in place && op === 'raise') place.flag = true;
  else if ('flag' in place && op === 'lower') place.flag = false;
  else if ('number' in place && op === 'change') place.number += n;
  else throw new Error(`no \`${op}\` on \`${name}\``);
}
