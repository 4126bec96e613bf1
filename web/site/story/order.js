// A recording sorts what happened at one instant by task: tasks at one instant
// have no order of their own. In a story an item must be added before it is removed:
// a message joins a queue before it leaves it.

import { after, before } from './fold.js';

/** @import { Bundle, Ev, Place, World } from '../../element/types.js' */

/**
 * The events of each task stay in their order.
 * @param {Bundle} bundle
 * @param {Ev[]} events
 * @returns {Ev[]}
 */
export function inOrder(bundle, events) {
  /** @type {Ev[]} */
  const out = [];
  let world = before(bundle);
  const begun = new Set();
  for (const instant of grouped(events, ([at]) => at)) {
    const tasks = grouped(instant, ([, task]) => task);
    while (tasks.length) {
      const next = tasks.find(([[, task, kind, ...rest]]) =>
        (kind === 'task-spawned' ? !rest[0] || begun.has(rest[0]) : true)
        && (kind !== 'effect' || possible(world, rest)) && (kind === 'task-spawned' || begun.has(task)));
      // If no event fits, the order of the recording is kept.
      const task = next ?? tasks[0];
      const event = /** @type {Ev} */ (task.shift());
      if (event[2] === 'task-spawned') begun.add(event[1]);
      world = after(world, event);
      out.push(event);
      if (!task.length) tasks.splice(tasks.indexOf(task), 1);
    }
  }
  return out;
}

/**
 * All of a key together, the keys in the order of their first.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => unknown} key
 * @returns {T[][]}
 */
function grouped(items, key) {
  /** @type {Map<unknown, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const own = groups.get(key(item));
    if (own) own.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}

/**
 * Whether a place lets an effect happen now.
 * @param {World} world
 * @param {any[]} effect
 */
function possible(world, [place, op, item]) {
  /** @type {Place | undefined} */
  const held = world[place];
  if (!held) return true;
  if ('queue' in held) return op === 'push' || held.queue[0] === item;
  if ('flag' in held) return held.flag === (op === 'lower');
  if ('set' in held) return op === 'add' || held.set.includes(item);
  if ('map' in held) return op === 'put' || item in held.map;
  return true;
}
