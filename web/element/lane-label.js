// Describes the drawing of a run for screen readers.

import { byInstant } from './signs.js';
import { ended } from './timeline.js';
import { TITLES } from './verdicts.js';

/** @import { Model } from './model.js' */
/** @import { Lane } from './timeline.js' */
/** @import { Program } from './types.js' */

/**
 * @param {number[]} instants
 * @param {number | undefined} cut
 * @param {Model} model
 */
export function axisLabel(instants, cut, model) {
  const all = instants.filter(Number.isFinite).map((at) => (at === cut ? `${at} (${model.happened})` : at));
  return `Time: ${all.join(', ')} ms${instants.at(-1) === Infinity ? ', and for ever' : ''}`;
}

/**
 * @param {Lane} lane
 * @param {number | undefined} cut
 * @param {Model} model
 * @param {Program} program
 */
export function laneLabel(lane, cut, model, program) {
  const { bundle, event } = model;
  /** @type {Map<number, string[]>} */
  const news = new Map();
  const add = (/** @type {number} */ at, /** @type {string[]} */ ...texts) =>
    news.set(at, [...news.get(at) ?? [], ...texts]);
  if (cut !== undefined) add(cut, event);
  for (const { from, to, step } of lane.waits) {
    const doing = bundle.steps.find(({ n }) => n === step)?.doing;
    if (to > from) add(from, `${doing} ${to < Infinity ? `until ${to} ms` : 'for ever'}`);
  }
  for (const { at, texts } of byInstant(lane)) add(at, ...texts);
  const all = [...news].sort(([a], [b]) => a - b)
    .map(([at, texts]) => (at < Infinity ? `${at} ms: ` : '') + texts.join(', '));
  // `Run of`, because the label of its row in the map begins with the name.
  const name = `Run of ${TITLES[program.language]} ${program.name}`;
  if (lane.task !== bundle.caller) return `${name}, task ${lane.task}. ${all.join('; ')}`;
  return `${name}. ${all.join('; ')}. ${answer(model, program)}`;
}

/**
 * @param {Model} model
 * @param {Program} program
 */
function answer(model, program) {
  const { told, events } = model.run(program);
  const caller = model.bundle.who === 'client' ? 'The client' : 'The caller';
  if (told === '(gone)') return `${caller} is gone`;
  if (told !== '(waits)') return `${caller} is told: ${told}`;
  return `${caller} ${ended(events) ? 'has no answer' : 'waits for ever'}`;
}
