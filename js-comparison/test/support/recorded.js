// What the recordings know: at which cuts each scenario is compared.

import { readFile } from 'node:fs/promises';

const FOLDER = new URL('../../../recordings/', import.meta.url);

/**
 * The cuts of the cancel map's cells.
 * @param {string} id of the scenario
 * @returns {Promise<string[]>}
 */
export async function recordedCuts(id) {
  const text = await readFile(new URL(`${id}.js.json`, FOLDER), 'utf8');
  /** @type {{ variants: { cells: { cut: string }[] }[] }} */
  const { variants } = JSON.parse(text);
  return [...new Set(variants.flatMap(({ cells }) => cells.map(({ cut }) => cut)))];
}
