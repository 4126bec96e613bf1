// The events of a run, in the order in which they happened.

/** @import { Ev } from '../../element/types.js' */

/** Events of the executor, shown under "Rust internals". */
const INTERNAL = new Set(['rust.poll', 'rust.pending', 'rust.ready', 'rust.wake', 'rust.clone']);

/** @param {Ev} event */
export const isInternal = ([, , kind]) => INTERNAL.has(kind);

/**
 * From the lines of a run to the form that recordings have in the page.
 * @param {string} ndjson
 * @returns {Ev[]}
 */
export function eventsOf(ndjson) {
  const lines = ndjson.trim().split('\n').map((line) => JSON.parse(line));
  return lines.filter((line) => 'seq' in line).map(short);
}

/**
 * @param {Record<string, any>} line
 * @returns {Ev}
 */
function short({ at_ms, task, kind, ...rest }) {
  return [at_ms, task, kind, ...payload(kind, rest)];
}

/**
 * @param {string} kind
 * @param {Record<string, any>} rest
 * @returns {any[]}
 */
function payload(kind, { parent, step, place, op, item, value, n, error, code }) {
  switch (kind) {
    case 'task-spawned': return parent === undefined ? [] : [parent];
    case 'effect': return [place, op, item ?? null, value ?? null, n ?? null];
    case 'returned': return [value ?? null, error ?? null];
    case 'process-ended': return [code];
    case 'rust.panic':
    case 'go.panic':
    case 'js.unhandled-rejection': return [error];
    default: return step === undefined ? [] : [step];
  }
}
