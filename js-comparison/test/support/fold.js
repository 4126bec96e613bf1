// What the effects add up to: written again here, apart from the lab, so that
// the tests do not ask the lab about itself.

/** @import { Event } from '../../lab/recorder.js' */
/** @import { PlaceState } from '../../lab/types.js' */

/**
 * @param {Event[]} events
 * @returns {Record<string, PlaceState>}
 * @throws {Error} at an effect that contradicts the state
 */
export function fold(events) {
  /** @type {Record<string, any>} */
  const world = {};
  for (const { kind, seq, place = '', op, item = '', value, n = 0 } of events) {
    if (kind !== 'effect') continue;
    /** @param {boolean} fine */
    const expect = (fine) => {
      if (!fine) throw new Error(`event ${seq}: ${op} ${item} on ${place}`);
    };
    if (op === 'raise' || op === 'lower') {
      expect((world[place]?.flag ?? false) === (op === 'lower'));
      world[place] = { flag: op === 'raise' };
    } else if (op === 'add' || op === 'remove') {
      const set = new Set(world[place]?.set);
      expect(set.has(item) === (op === 'remove'));
      if (op === 'add') set.add(item);
      else set.delete(item);
      world[place] = { set: [...set].sort() };
    } else if (op === 'put' || op === 'delete') {
      const map = { ...world[place]?.map };
      if (op === 'put') map[item] = value;
      else {
        expect(item in map);
        delete map[item];
      }
      world[place] = { map };
    } else if (op === 'push' || op === 'pop') {
      const queue = [...world[place]?.queue ?? []];
      if (op === 'push') queue.push(item);
      else expect(queue.shift() === item);
      world[place] = { queue };
    } else if (op === 'change') {
      world[place] = { number: (world[place]?.number ?? 0) + n };
    } else expect(false);
  }
  return world;
}

/**
 * Without the places in which nothing is: effects name only what was touched.
 * @param {Record<string, PlaceState>} world
 */
export function touched(world) {
  return Object.fromEntries(Object.entries(world).filter(([, place]) => {
    const [inside] = Object.values(place);
    return typeof inside === 'object'
      ? Object.keys(inside).length > 0
      : Boolean(inside);
  }));
}
