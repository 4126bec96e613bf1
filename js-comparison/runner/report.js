// A run as text, one event per line.

import { formatCut } from '../index.js';

/** @import { Event } from '../lab/recorder.js' */
/** @import { Contract } from '../lab/scenario.js' */
/** @import { Outcome, PlaceState } from '../lab/types.js' */
/** @import { Request } from './request.js' */

/**
 * Whether to write colors to a stream. (https://no-color.org)
 * @param {{ isTTY?: boolean }} stream
 * @param {NodeJS.ProcessEnv} env
 */
export function useColors(stream, env) {
  return Boolean(stream.isTTY) && !env.NO_COLOR;
}

/**
 * @param {Pick<Request, 'scenario' | 'variant' | 'cut' | 'mode'>} request
 * @param {Outcome} outcome
 * @param {boolean} colors
 * @returns {string}
 */
export function formatReport({ scenario, variant, cut, mode }, outcome, colors) {
  /** @param {string} text */
  const bold = (text) => (colors ? `\x1b[1m${text}\x1b[22m` : text);
  const real = mode === 'real';

  const cutText = cut.kind === 'none' ? 'no cut' : `cut: ${formatCut(cut)}`;
  const lines = [
    bold(`${scenario.id}/${variant}, ${cutText}`),
    `${real ? 'real' : 'virtual'} time, Node ${process.versions.node}`,
    '',
  ];

  let previous = -1;
  for (const event of outcome.events) {
    const when = event.at_ms === previous || real ? '' : `${event.at_ms} ms`;
    previous = event.at_ms;
    const text = `${when.padStart(8)}  ${event.task}  `
      + formatEvent(event, scenario.contract);
    lines.push(event.kind === 'cancel-requested' ? bold(text) : text);
  }

  const { ending, world, left } = outcome.end;
  lines.push('', bold(`At the end (${ENDINGS[ending]})`));
  for (const [name, place] of Object.entries(world)) {
    lines.push(`${name.padStart(8)}  ${formatPlace(place)}`);
  }
  for (const { what, name } of left) lines.push(`    left  ${what} of ${name}`);
  return `${lines.join('\n')}\n`;
}

const ENDINGS = {
  quiet: 'nothing is pending',
  horizon: 'the horizon was reached',
  process: 'the process has ended',
  unrealized: 'the cut was not reached',
};

/**
 * @param {Event} event
 * @param {Contract} contract
 * @returns {string}
 */
function formatEvent(event, { steps, who }) {
  const step = `(${event.step}) ${steps[event.step ?? 0] ?? ''}`.trimEnd();
  switch (event.kind) {
    case 'task-spawned': return 'starts';
    case 'task-finished': return 'finishes';
    case 'wait-begun': return `${step} ...`;
    case 'wait-ended': return `${step}: done`;
    case 'cancel-requested': return who === 'inside'
      ? '--- cut: the event of the contract ---'
      : '--- cut: its signal is aborted ---';
    case 'cancel-noticed': return 'notices the cancellation';
    case 'effect': return formatEffect(event);
    case 'returned': return event.error === undefined
      ? `returns: ${event.value}`
      : `fails: ${event.error}`;
    case 'js.unhandled-rejection': return `unhandled rejection: ${event.error}`;
    case 'process-ended': return `the process ends with ${event.code}`;
    default: return event.kind;
  }
}

/**
 * @param {Event} event
 * @returns {string}
 */
function formatEffect({ place, op, item, value, n = 0 }) {
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
function formatPlace(place) {
  if ('flag' in place) return place.flag ? 'up' : 'down';
  if ('number' in place) return String(place.number);
  const items = 'map' in place
    ? Object.entries(place.map).map(([name, value]) => `${name} (${value})`)
    : 'set' in place ? place.set : place.queue;
  return items.join(', ') || '-';
}
