// The fold of the effects, written a second time: the tests do not check the lab
// with its own code.

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
    /** @param {boolean} holds */
    const expect = (holds) => {
      if (!holds) throw new Error(`event ${seq}: ${op} ${item} on ${place}`);
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
 * Without empty places: effects name only the places that changed.
 * @param {Record<string, PlaceState>} world
 */
export function nonEmpty(world) {
  return Object.fromEntries(Object.entries(world).filter(([, place]) => {
    const [content] = Object.values(place);
    return typeof content === 'object'
      ? Object.keys(content).length > 0
      : Boolean(content);
  }));
}
