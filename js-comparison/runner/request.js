// Requests: one JSON object, checked field by field before anything runs.

import { catalogue, formatCut, parseCut } from '../index.js';
import { programOf } from '../lab/program.js';

/** @import { Cut } from '../lab/cut.js' */
/** @import { Scenario } from '../lab/types.js' */

/**
 * @typedef {object} Request
 * @property {Scenario<any>} scenario
 * @property {string} variant
 * @property {Cut} cut
 * @property {'virtual' | 'real'} mode
 */

const FIELDS = ['scenario', 'variant', 'cut', 'mode'];

/**
 * @param {string} text
 * @returns {Request}
 * @throws {Error} with the message for whoever asked
 */
export function parseRequest(text) {
  /** @type {unknown} */
  let json;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw new Error(`not JSON: ${message}`, { cause: error });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Error('a request is a JSON object');
  }
  const fields = new Map(Object.entries(json));
  for (const name of fields.keys()) {
    if (!FIELDS.includes(name)) {
      throw new Error(
        `a request has no field \`${name}\`; it has ${FIELDS.join(', ')}`,
      );
    }
  }

  /** @param {string} name @param {string} [otherwise] */
  const string = (name, otherwise) => {
    const value = fields.has(name) ? fields.get(name) : otherwise;
    if (value === undefined) throw new Error(`\`${name}\` is missing`);
    if (typeof value !== 'string') throw new Error(`\`${name}\` is no string`);
    return value;
  };
  return request({
    scenario: string('scenario'),
    variant: string('variant'),
    cut: string('cut'),
    mode: string('mode', 'virtual'),
  });
}

/**
 * @param {{ scenario: string, variant: string, cut: string, mode: string }} asked
 * @returns {Request}
 * @throws {Error} with the message for whoever asked
 */
export function request(asked) {
  const scenario = catalogue.get(asked.scenario);
  if (!scenario) {
    const known = [...catalogue.keys()].join(', ');
    throw new Error(`no scenario \`${asked.scenario}\`; there are ${known}`);
  }
  const { variant, mode } = asked;
  programOf(scenario, variant);
  if (mode !== 'virtual' && mode !== 'real') {
    throw new Error(`no mode \`${mode}\`; there are virtual, real`);
  }
  const cut = parseCut(asked.cut);
  const why = refused(cut, mode);
  if (why) throw new Error(`cannot cut at \`${formatCut(cut)}\`: ${why}`);
  if (mode === 'real' && !scenario.real) {
    throw new Error(`in real time only ${realOnes()} is run`);
  }
  return { scenario, variant, cut, mode };
}

function realOnes() {
  return [...catalogue.values()].filter(({ real }) => real)
    .map(({ id }) => id).join(', ');
}

/**
 * @param {Cut} cut
 * @param {'virtual' | 'real'} mode
 * @returns {string | undefined} why this runner does not do it
 */
function refused(cut, mode) {
  if (cut.kind === 'suspension') {
    return 'only Rust has suspensions, a promise is never polled';
  }
  if (cut.kind === 'after-effect' && mode === 'virtual') {
    return 'only real mode counts effects, virtual time has instants';
  }
  if (cut.kind === 'at' && mode === 'real') {
    return 'real mode has no instants to aim at, it counts effects '
      + '(`after-effect-2`)';
  }
  return undefined;
}
