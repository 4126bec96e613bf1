// Requests: one JSON object, checked field by field before anything runs.

import { formatCut, loadScenario, parseCut } from '../index.js';
import { programOf } from '../lab/scenario.js';
import { contractOf, contracts } from '../load.js';

/** @import { Cut } from '../lab/cut.js' */
/** @import { Scenario } from '../lab/scenario.js' */

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
 * @returns {Promise<Request>}
 * @throws {Error} whose message is the answer to the request
 */
export async function parseRequest(text) {
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
        `unknown field \`${name}\`; a request has ${FIELDS.join(', ')}`,
      );
    }
  }

  /** @param {string} name @param {string} [fallback] */
  const string = (name, fallback) => {
    const value = fields.has(name) ? fields.get(name) : fallback;
    if (value === undefined) throw new Error(`\`${name}\` is missing`);
    if (typeof value !== 'string') throw new Error(`\`${name}\` is not a string`);
    return value;
  };
  return createRequest({
    scenario: string('scenario'),
    variant: string('variant'),
    cut: string('cut'),
    mode: string('mode', 'virtual'),
  });
}

/**
 * @param {{ scenario: string, variant: string, cut: string, mode: string }} fields
 * @returns {Promise<Request>}
 * @throws {Error} whose message is the answer to the request
 */
export async function createRequest(fields) {
  const { variant, mode } = fields;
  const contract = contractOf(fields.scenario);
  const scenario = await loadScenario(fields.scenario);
  programOf(scenario, variant);
  if (mode !== 'virtual' && mode !== 'real') {
    throw new Error(`no mode \`${mode}\`; there are virtual, real`);
  }
  const cut = parseCut(fields.cut);
  const why = whyUnsupported(cut, mode);
  if (why) throw new Error(`cannot cut at \`${formatCut(cut)}\`: ${why}`);
  if (mode === 'real' && !contract.real) {
    throw new Error(`only ${realScenarios()} runs in real time`);
  }
  return { scenario, variant, cut, mode };
}

function realScenarios() {
  return [...contracts].filter(([, { real }]) => real)
    .map(([id]) => id).join(', ');
}

/**
 * @param {Cut} cut
 * @param {'virtual' | 'real'} mode
 * @returns {string | undefined} undefined if it is supported
 */
function whyUnsupported(cut, mode) {
  if (cut.kind === 'suspension') {
    return 'only Rust has suspensions, a promise is never polled';
  }
  if (cut.kind === 'after-effect' && mode === 'virtual') {
    return 'only real mode counts effects, virtual time has instants';
  }
  if (cut.kind === 'instant' && mode === 'real') {
    return 'real mode has no instants, it counts effects (`after-effect-2`)';
  }
  return undefined;
}
