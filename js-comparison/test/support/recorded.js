// What the recordings know: at which cuts each scenario is compared.

import { readFile } from 'node:fs/promises';

import { catalogue } from '../../index.js';

/** @import { Scenario } from '../../lab/types.js' */
/** @import { Cell } from './cells.js' */

const FOLDER = new URL('../../../recordings/', import.meta.url);

/**
 * The cells of the recorded cancel maps.
 * @param {(scenario: Scenario<any>, variant: string) => boolean} which
 * @returns {Promise<Cell[]>}
 */
export async function recordedCells(which) {
  /** @type {Cell[]} */
  const found = [];
  for (const scenario of catalogue.values()) {
    const path = new URL(`${scenario.id}.js.json`, FOLDER);
    const text = await readFile(path, 'utf8').catch(
      (/** @type {NodeJS.ErrnoException} */ error) => {
        // A new scenario is tested before it is recorded.
        if (error.code === 'ENOENT') return '{"variants":[]}';
        throw error;
      });
    /** @type {{ variants: { variant: string, cells: { cut: string }[] }[] }} */
    const { variants } = JSON.parse(text);
    for (const { variant, cells } of variants) {
      if (!which(scenario, variant)) continue;
      found.push(...cells.map(({ cut }) =>
        ({ scenario: scenario.id, variant, cut })));
    }
  }
  return found;
}
