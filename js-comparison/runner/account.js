// A run told to a person, one event per line.

import { formatCut } from '../index.js';

/** @import { Event } from '../lab/recorder.js' */
/** @import { Outcome, PlaceState, Scenario } from '../lab/types.js' */
/** @import { Request } from './request.js' */

/**
 * Whether a stream is to get colours. (https://no-color.org)
 * @param {{ isTTY?: boolean }} stream
 * @param {NodeJS.ProcessEnv} env
 */
export function coloursFor(stream, env) {
  return Boolean(stream.isTTY) && !env.NO_COLOR;
}

/**
 * @param {Request} request
 * @param {Outcome} outcome
 * @param {boolean} colours
 * @returns {string}
 */
export function account({ scenario, variant, cut, mode }, outcome, colours) {
  /** @param {string} text */
  const strong = (text) => (colours ? `\x1b[1m${text}\x1b[22m` : text);
  const real = mode === 'real';

  const cutText = cut.kind === 'none' ? 'no cut' : `cut: ${formatCut(cut)}`;
  const out = [
    strong(`${scenario.id}/${variant}, ${cutText}`),
    `${real ? 'real' : 'virtual'} time, Node ${process.versions.node}`,
    '',
  ];

  let before = -1;
  for (const event of outcome.events) {
    const when = event.at_ms === before || real ? '' : `${event.at_ms} ms`;
    before = event.at_ms;
    const cutHere = event.kind === 'cancel-requested';
    const text = `${when.padStart(8)}  ${event.task}  `
      + sentence(event, scenario);
    out.push(cutHere ? strong(text) : text);
  }

  const { ending, world, left } = outcome.end;
  out.push('', strong(`In the end (${ENDINGS[ending]})`));
  for (const [name, place] of Object.entries(world)) {
    out.push(`${name.padStart(8)}  ${contents(place)}`);
  }
  for (const { what, name } of left) out.push(`    left  ${what} of ${name}`);
  return `${out.join('\n')}\n`;
}

const ENDINGS = {
  quiet: 'nothing is under way any more',
  horizon: 'watched no longer than this',
  process: 'the process is gone',
  unrealized: 'the cut was never reached',
};

/**
 * @param {Event} event
 * @param {Scenario<unknown>} scenario
 * @returns {string}
 */
function sentence(event, { steps, event: cut = 'its signal is aborted' }) {
  const step = `(${event.step}) ${steps[event.step ?? 0] ?? ''}`.trimEnd();
  switch (event.kind) {
    case 'task-spawned': return 'begins';
    case 'task-finished': return 'is over';
    case 'wait-begun': return `${step} ...`;
    case 'wait-ended': return `${step}: goes on`;
    case 'cancel-requested': return `--- cut: ${cut} ---`;
    case 'cancel-noticed': return 'has noticed that it is cancelled';
    case 'effect': return effect(event);
    case 'returned': return event.error === undefined
      ? `is told: ${event.value}`
      : `is told of an error: ${event.error}`;
    case 'js.unhandled-rejection': return `rejected, unhandled: ${event.error}`;
    case 'process-ended': return `the process is gone, with ${event.code}`;
    default: return event.kind;
  }
}

/**
 * @param {Event} event
 * @returns {string}
 */
function effect({ place, op, item, value, n = 0 }) {
  switch (op) {
    case 'raise': return `${place}: up`;
    case 'lower': return `${place}: down`;
    case 'put': return `${place}: ${item} is ${value}`;
    case 'change': return `${place}: ${n > 0 ? '+' : ''}${n}`;
    default: return `${place}: ${op} ${item}`;
  }
}

/**
 * @param {PlaceState} place
 * @returns {string}
 */
function contents(place) {
  if ('flag' in place) return place.flag ? 'up' : 'down';
  if ('number' in place) return String(place.number);
  const items = 'map' in place
    ? Object.entries(place.map).map(([name, value]) => `${name} (${value})`)
    : 'set' in place ? place.set : place.queue;
  return items.join(', ') || '-';
}
