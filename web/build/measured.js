// What a call costs when nobody is cancelled, as `just bench-cost` has measured
// it (results/cost.json), in a sentence for each program that it measures.

import { readFile } from 'node:fs/promises';

/** @import { Bundle, Program } from '../element/types.js' */

/**
 * @typedef {{ variant: string, ns: number, allocs: number | null }} Cost
 *   one call, processor time on all threads together
 * @typedef {{ arm: string, scenarios: { id: string, programs: Cost[] }[] }} Arm
 * @typedef {{ arms: Arm[] }} Report
 */

/**
 * On one thread, where what is added is least disturbed.
 * @type {Record<Program['language'], { arm: string, on: string }>}
 */
const ARMS = {
  rust: { arm: 'tokio-current-thread', on: 'tokio, one thread' },
  go: { arm: 'go', on: 'Go' },
  js: { arm: 'node', on: 'Node' },
};

/** A smaller factor may be noise, as in results/cost.md. */
const NOISE = 1.1;

/** @returns {Promise<Report>} */
export async function measuredCosts() {
  return JSON.parse(await readFile(new URL('../../results/cost.json', import.meta.url), 'utf8'));
}

/**
 * @param {Report} report
 * @param {Pick<Bundle, 'id'>} bundle
 * @param {Pick<Program, 'language' | 'name'>} program
 * @returns {string[]} none where nothing was measured
 */
export function measured({ arms }, { id }, { language, name }) {
  const { arm, on } = ARMS[language];
  const costs = arms.find((one) => one.arm === arm)?.scenarios.find((one) => one.id === id)?.programs;
  const its = costs?.find(({ variant }) => variant === name);
  if (!costs || !its) return [];
  const [plain] = costs;
  const call = `Uncut, a call takes ${time(its.ns)}${its.allocs === null ? '' : ` and ${count(its.allocs)}`} (${on})`;
  if (its === plain) return [`${call}.`];
  const times = its.ns / plain.ns;
  if (times < NOISE) return [`${call}: not measurably more than ${plain.variant}.`];
  const more = its.ns - plain.ns;
  return [`${call}: ${times.toFixed(1)} times ${plain.variant}, ${(more / 1e4).toFixed(2)} % of a handler that takes 1 ms.`];
}

/** @param {number} ns */
const time = (ns) => (ns < 10_000 ? `${Math.round(ns).toLocaleString('en')} ns` : `${Math.round(ns / 1000)} µs`);

/** @param {number} allocs */
const count = (allocs) => (Math.round(allocs) === 1 ? '1 allocation' : `${Math.round(allocs)} allocations`);
