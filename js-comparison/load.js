// Finds the contract of a scenario, and loads its programs when they are run.

import { exportName } from './lab/scenario.js';
import { contracts as generated } from './scenarios/contracts.js';

/** @import { Contract, Scenario } from './lab/scenario.js' */

/** The contracts by the id of the scenario. */
export const contracts = new Map(
  Object.entries(/** @type {Record<string, Contract>} */ (generated)));

/**
 * @param {string} id
 * @returns {Contract}
 * @throws {Error} that names the scenarios, if there is no such scenario
 */
export function contractOf(id) {
  const contract = contracts.get(id);
  if (contract) return contract;
  const known = [...contracts.keys()].join(', ');
  throw new Error(`no scenario \`${id}\`; there are ${known}`);
}

/**
 * @param {string} id
 * @returns {Promise<Scenario<any>>}
 * @throws {Error} if there is no such scenario
 */
export async function loadScenario(id) {
  const contract = contractOf(id);
  // A bundler makes a chunk of each file: a page loads what it runs.
  const { createWorld, ...exported } = await import(`./scenarios/${id}.js`);
  const programs = Object.fromEntries(contract.variants.map(
    ({ name }) => [name, exported[exportName(name)]]));
  return { id, contract, programs, createWorld };
}
