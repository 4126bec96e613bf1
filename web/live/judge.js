// The judge, for the runs of any language.

import { requested } from './load.js';
import { call } from './rust.js';

/** @import { Judged } from '../pkg/droppoint.js' */

/** As JSON, by scenario. @type {Map<string, Promise<string>>} */
const contracts = new Map();

/**
 * The contract of a scenario. It is loaded once; after a failure the next call
 * tries again.
 * @param {string} scenario its id
 * @returns {Promise<string>} JSON
 */
export function contractOf(scenario) {
  let contract = contracts.get(scenario);
  if (!contract) {
    contract = load(scenario);
    contracts.set(scenario, contract);
    contract.catch(() => contracts.delete(scenario));
  }
  return contract;
}

/** @param {string} scenario */
async function load(scenario) {
  const url = new URL(`../pkg/contracts/${scenario}.json`, import.meta.url);
  return (await requested(url, `The rules of ${scenario}`)).text();
}

/**
 * Judges a run against the uncut run of the same program.
 * @param {string} contract JSON
 * @param {string} uncut lines of the runner protocol
 * @param {string} run lines of the runner protocol
 * @returns {Promise<Judged>}
 */
export function judge(contract, uncut, run) {
  return call((api) => api.judge(contract, uncut, run));
}
