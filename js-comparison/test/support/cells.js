// The cells of a scenario: its variants at the cuts between their instants.

import { parseCut } from '../../index.js';
import { run } from '../../runner/run.js';
import { CUTS, SCENARIOS } from './run.js';

/** @import { Scenario } from '../../lab/scenario.js' */

/** @typedef {{ scenario: string, variant: string, cut: string }} Cell */

/**
 * At once, at each instant and between any two, after the last, and never.
 * @param {Scenario<any>} scenario
 * @returns {Promise<string[]>}
 */
export async function cutsOf(scenario) {
  const instants = new Set([0]);
  for (const variant of Object.keys(scenario.programs)) {
    const cut = parseCut('none');
    const { events } = await run({ scenario, variant, cut, mode: 'virtual' });
    for (const { at_ms } of events) instants.add(at_ms);
  }
  const times = [...instants].sort((a, b) => a - b);
  const between = times.map((at, i) =>
    i + 1 < times.length ? Math.trunc((at + times[i + 1]) / 2) : at + 5);
  const all = [...new Set([...times, ...between])].sort((a, b) => a - b);
  return ['none', 'at-once', ...all.map((ms) => `${ms}ms`)];
}

/**
 * Every variant of every scenario at every cut.
 * @param {(scenario: Scenario<any>, variant: string) => boolean} [which]
 * @returns {Promise<Cell[]>}
 */
export async function allCells(which = () => true) {
  /** @type {Cell[]} */
  const cells = [];
  for (const scenario of SCENARIOS) {
    const cuts = new Set([
      ...scenario.id === 'save-file' ? CUTS : [], ...await cutsOf(scenario),
    ]);
    for (const variant of Object.keys(scenario.programs)) {
      if (!which(scenario, variant)) continue;
      for (const cut of cuts) cells.push({ scenario: scenario.id, variant, cut });
    }
  }
  return cells;
}
