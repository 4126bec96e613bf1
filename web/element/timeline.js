// Turns a run into lanes: when each task lived, its waits, and what it changed.

/** @import { Bundle, Run } from './types.js' */

/**
 * @typedef {{ from: number, to: number, step: number }} Wait
 * @typedef {{ at: number, kind: 'effect' | 'drop' | 'returned' | 'noticed' | 'ended' | 'waits', text: string }} Mark
 * @typedef {{ task: string, from: number, to: number, waits: Wait[], marks: Mark[] }} Lane
 */

/**
 * The lanes of the caller and of all that it spawned. The clients that come
 * after it are told in words.
 * @param {Bundle} bundle
 * @param {Run} run
 * @returns {Lane[]}
 */
export function lanes({ caller, places, steps }, { events, told }) {
  const unanswered = told === '(waits)';
  const ever = unanswered && !ended(events);
  const end = ever ? Infinity : events.at(-1)?.[0] ?? 0;
  /** @type {Map<string, Lane>} */
  const found = new Map();
  for (const [at, task, kind, ...rest] of events) {
    if (kind === 'task-spawned' && (task === caller || found.has(rest[0]))) {
      found.set(task, { task, from: at, to: end, waits: [], marks: [] });
    }
    const lane = found.get(task);
    if (lane) read(lane, at, kind, rest, places, end);
    if (lane && unanswered && kind === 'process-ended') {
      lane.marks.push({ at, kind: 'ended', text: `process ends, code ${rest[0]}` });
    }
  }
  const own = found.get(caller);
  if (ever && own) {
    const last = own.waits.findLast(({ to }) => to === Infinity)?.step;
    const where = steps.filter(({ n }) => n === last).map(({ doing }) => `(${last}) ${doing}: `);
    own.marks.push({ at: Infinity, kind: 'waits', text: `${where.join()}waits for ever` });
  }
  for (const lane of found.values()) {
    // What it spawned or left may still act after its end.
    lane.to = Math.max(lane.to, ...lane.marks.map(({ at }) => at));
    // When the whole future is dropped, a mark for each of its waits is redundant.
    lane.marks = lane.marks.filter(({ at, kind, text }) => kind !== 'drop' || text === WHOLE
      || !lane.marks.some((mark) => mark.at === at && mark.text === WHOLE));
  }
  return [...found.values()];
}

const WHOLE = 'dropped';

/**
 * @param {Lane} lane
 * @param {number} at
 * @param {string} kind
 * @param {any[]} rest
 * @param {Bundle['places']} places
 * @param {number} end
 */
function read(lane, at, kind, rest, places, end) {
  const open = lane.waits.find((wait) => wait.step === rest[0] && wait.to === end);
  switch (kind) {
    case 'wait-begun':
      lane.waits.push({ from: at, to: end, step: rest[0] });
      break;
    case 'wait-ended':
      if (open) open.to = at;
      break;
    case 'rust.drop':
      if (open) open.to = at;
      lane.marks.push({ at, kind: 'drop', text: rest[0] === undefined ? WHOLE : `(${rest[0]}) ${WHOLE}` });
      break;
    case 'task-finished':
      lane.to = at;
      for (const wait of lane.waits) wait.to = Math.min(wait.to, at);
      break;
    case 'cancel-noticed':
      lane.marks.push({ at, kind: 'noticed', text: 'noticed' });
      break;
    case 'effect':
      // Flags such as locks are not shown.
      if (places[rest[0]]?.kind !== 'flag') {
        lane.marks.push({ at, kind: 'effect', text: effect(rest) });
      }
      break;
    case 'returned':
      lane.marks.push({ at, kind: 'returned', text: rest[0] ?? `error: ${rest[1]}` });
  }
}

/** @param {any[]} rest */
function effect([place, op, item, value, n]) {
  const sign = { delete: '−', remove: '−', pop: '−' }[/** @type {string} */ (op)] ?? '+';
  if (op === 'change') return `${place} ${n > 0 ? '+' : '−'}${Math.abs(n)}`;
  return `${place} ${sign}${item}${value && value !== 'whole' ? ` ${value}` : ''}`;
}

/** @param {Run['events']} events */
export const ended = (events) => events.some(([, , kind]) => kind === 'process-ended');

/**
 * When the run was cut, if it was.
 * @param {Run} run
 */
export const cutAt = ({ events }) =>
  events.find(([, , kind]) => kind === 'cancel-requested')?.[0];

/**
 * What the next clients were told: `b: saved, c: over quota`.
 * @param {Bundle} bundle
 * @param {Run} run
 */
export const probeAnswers = ({ probes }, { events }) =>
  probes.map((probe) => {
    const told = events.find(([, task, kind]) => task === probe && kind === 'returned');
    return `${probe}: ${told ? told[3] ?? told[4] : 'no answer'}`;
  });
