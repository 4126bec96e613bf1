// A run as the lines of the protocol.

import { digest } from './digest.js';

/** @import { Contract } from './scenario.js' */
/** @import { Outcome } from './types.js' */

/**
 * @typedef {object} Header
 * @property {Record<string, string>} runtime the versions of the runtime
 * @property {string} scenario
 * @property {string} variant
 * @property {Contract['who']} who
 * @property {'virtual' | 'real'} mode
 * @property {string} cut
 */

/** The version of the protocol. */
const SCHEMA = 1;

/**
 * The header, the events and the end, one line each.
 * @param {Header} header
 * @param {Outcome} outcome
 * @returns {string}
 */
export function runLines(header, { events, end }) {
  const { runtime, scenario, variant, who, mode, cut } = header;
  const head = {
    kind: 'run', schema: SCHEMA, language: 'js', runtime,
    scenario, variant, who, mode, cut,
  };
  const body = events.map(line).join('');
  const tail = {
    kind: 'end', events: events.length, digest: digest(body),
    ending: end.ending, world: end.world, left: end.left,
  };
  return line(head) + body + line(tail);
}

/**
 * The answer to a request that cannot be carried out.
 * @param {string} message
 */
export function errorLine(message) {
  return line({ kind: 'error', message });
}

/** @param {object} value */
function line(value) {
  return `${JSON.stringify(value)}\n`;
}
