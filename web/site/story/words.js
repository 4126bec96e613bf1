// Events as sentences. A test checks that they are those of
// `droppoint run --format story`.

/** @import { Bundle, Ev, Language } from '../../element/types.js' */

/** What the cut is. @type {Record<Language, string>} */
const CUTS = {
  rust: 'its future is dropped',
  go: 'its context is cancelled',
  js: 'its signal is aborted',
};

/**
 * @param {Bundle} bundle
 * @param {Language} language
 * @param {Ev} event
 * @returns {string}
 */
export function sentence(bundle, language, [, task, kind, ...rest]) {
  const first = bundle.who === 'client' ? 'client' : 'caller';
  switch (kind) {
    case 'task-spawned':
      if (rest[0]) return `${rest[0]} starts the task ${task}.`;
      if (bundle.others?.includes(task)) return `The ${task} begins.`;
      return bundle.probes.includes(task)
        ? `The next ${first}, ${task}, begins.` : `The ${first}, ${task}, begins.`;
    case 'task-finished':
      return bundle.others?.includes(task) ? `The ${task} is done.` : `${task} is over.`;
    case 'wait-begun': return `${task} begins ${step(bundle, rest[0])}.`;
    case 'wait-ended': return `${task} is done with (${rest[0]}).`;
    case 'effect': return effect(bundle, task, rest);
    case 'cancel-requested': return cut(bundle, language);
    case 'cancel-noticed': return `${task} learns that it was cancelled.`;
    case 'returned':
      return rest[0] !== null && rest[0] !== undefined
        ? `${task} is told: ${rest[0]}.` : `${task} is told that it failed: ${rest[1]}.`;
    case 'process-ended': return `The process ends with code ${rest[0]}.`;
    case 'rust.drop':
      // `select!` drops what a task waits for, too, and the task goes on.
      return rest[0]
        ? `What ${task} waited for in (${rest[0]}) is dropped.`
        : `The future of ${task} is gone: its code runs no further.`;
    case 'rust.panic': return `${task} panics: ${rest[0]}.`;
    case 'go.panic':
      return `A goroutine panics, and nothing can recover it from outside: ${rest[0]}.`;
    case 'js.unhandled-rejection':
      return `A promise is rejected and nobody is there to hear it: ${rest[0]}.`;
    case 'rust.poll': return `${task} is polled.`;
    case 'rust.pending': return `The poll of ${task} returns Pending.`;
    case 'rust.ready': return `The poll of ${task} returns Ready.`;
    case 'rust.wake': return `The waker of ${task} is called.`;
    case 'rust.clone': return `The waker of ${task} is cloned: somebody means to call it.`;
    default: return `${task}: ${kind}.`;
  }
}

/**
 * Whether an event follows from what is told of its task at this instant
 * anyway: a step that took no time or is followed by the next one is over; a
 * future that is gone has finished, and so has who has its answer.
 * @param {Ev[]} events
 * @param {number} nth
 */
export function isImplied(events, nth) {
  const [at, task, kind, ...rest] = events[nth];
  const now = (/** @type {Ev} */ other) => other[0] === at && other[1] === task;
  const before = events.slice(0, nth).filter(now);
  const after = events.slice(nth + 1).filter(now);
  switch (kind) {
    case 'wait-ended':
      return before.some((it) => it[2] === 'wait-begun' && it[3] === rest[0])
        || after.some((it) => it[2] === 'wait-begun');
    case 'task-finished':
      return before.some((it) => (it[2] === 'rust.drop' && it[3] === undefined) || it[2] === 'returned');
    default:
      return false;
  }
}

/**
 * @param {Bundle} bundle
 * @param {number} n
 */
function step({ steps }, n) {
  const found = steps.find((one) => one.n === n);
  return found ? `(${n}): ${found.title}` : `(${n})`;
}

/**
 * What became of the world, and for which task.
 * @param {Bundle} bundle
 * @param {string} task
 * @param {any[]} rest
 */
function effect({ places }, task, [place, op, item, value, n]) {
  const { noun, arrives, leaves } = places[place] ?? {};
  const name = item ?? 'it';
  // `File a`: clients and files may have the same names.
  const thing = noun ? `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${name}` : name;
  /** @type {Record<string, string>} */
  const texts = {
    add: `${thing} is now in the ${place}`,
    remove: `${thing} is no longer in the ${place}`,
    push: `${thing} joins the ${place}`,
    pop: `${thing} leaves the ${place}`,
    put: `${thing} is now on the ${place}, ${value ?? ''}`,
    delete: `${thing} is gone from the ${place}`,
    raise: `The ${place} is up`,
    lower: `The ${place} is down again`,
    change: `The ${place} changes by ${n > 0 ? '+' : ''}${n ?? 0}`,
  };
  const comes = ['add', 'push', 'put', 'raise'].includes(op) || (op === 'change' && n >= 0);
  const own = (comes ? arrives : leaves)?.replaceAll('{item}', thing);
  return `${own ?? texts[op] ?? `${place}: ${op}`} (for ${task}).`;
}

/**
 * @param {Bundle} bundle
 * @param {Language} language
 */
function cut({ who, event }, language) {
  if (who === 'client') return `Here the client leaves: ${CUTS[language]}.`;
  if (who === 'in-process') return `Here the caller gives up: ${CUTS[language]}.`;
  return `Here ${event ?? 'the event comes'}.`;
}
