// The recordings of the JavaScript programs.

import { readFile } from 'node:fs/promises';

import { contracts } from '../../load.js';

/** @import { Event } from '../../lab/recorder.js' */
/** @import { End } from '../../lab/types.js' */
/** @import { Cell } from './cells.js' */

/**
 * The recording of one program.
 * @typedef {object} Recorded
 * @property {string} scenario
 * @property {string} variant
 * @property {{ events: Event[], end: End }} uncut
 * @property {{ cut: string, facts: { effects_after?: Event[] } }[]} cells
 */

const FOLDER = new URL('../../../recordings/', import.meta.url);

/** @returns {Promise<Recorded[]>} */
export async function recordings() {
  const all = await Promise.all([...contracts.keys()].map(async (scenario) => {
    const text = await readFile(new URL(`${scenario}.js.json`, FOLDER), 'utf8').catch(
      (/** @type {NodeJS.ErrnoException} */ error) => {
        // A new scenario is tested before it is recorded.
        if (error.code === 'ENOENT') return '{"variants":[]}';
        throw error;
      });
    /** @type {{ variants: Omit<Recorded, 'scenario'>[] }} */
    const { variants } = JSON.parse(text);
    return variants.map((it) => ({ scenario, ...it }));
  }));
  return all.flat();
}

/**
 * The cells of the recorded cancel maps.
 * @param {(scenario: string, variant: string) => boolean} filter
 * @returns {Promise<Cell[]>}
 */
export async function recordedCells(filter) {
  return (await recordings())
    .filter(({ scenario, variant }) => filter(scenario, variant))
    .flatMap(({ scenario, variant, cells }) =>
      cells.map(({ cut }) => ({ scenario, variant, cut })));
}
