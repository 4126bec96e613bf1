// A run as a story: its steps, the world after each, and the events of the executor
// between them.

import { eventsOf, isInternal } from './events.js';
import { after, before } from './fold.js';
import { inOrder } from './order.js';
import { isImplied, sentence } from './words.js';

/** @import { Bundle, Ev, Language, World } from '../../element/types.js' */
/** @typedef {{ at: number, kind: string, text: string, world: World, changed?: string, upTo: number }} Step */
/** @typedef {{ at: number, kind: string, text: string, nth: number }} Internal */
/** @typedef {{ steps: Step[], internals: Internal[], end: World }} Story */

/**
 * @param {Bundle} bundle
 * @param {Language} language
 * @param {string | Ev[]} run the lines of a run, or its events as recorded
 * @returns {Story}
 */
export function storyOf(bundle, language, run) {
  const all = typeof run === 'string' ? eventsOf(run) : inOrder(bundle, run);
  const events = all.filter((event) => !isInternal(event));
  /** @type {Step[]} */
  const steps = [];
  /** @type {Internal[]} */
  const internals = [];
  let world = before(bundle);
  let said = 0;
  all.forEach((event, nth) => {
    const [at, , kind, place] = event;
    const text = sentence(bundle, language, event);
    if (isInternal(event)) {
      internals.push({ at, kind, text, nth });
      return;
    }
    world = after(world, event);
    const silent = isImplied(events, said++);
    if (!silent) {
      steps.push({ at, kind, text, world, upTo: nth, ...(kind === 'effect' ? { changed: place } : {}) });
    }
  });
  return { steps, internals, end: world };
}
