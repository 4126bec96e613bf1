// What the native program says: the tests compare with it, and know nothing
// themselves.

import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../../', import.meta.url);

/** As the recipes name it, else where cargo puts it. */
const BIN = resolve(fileURLToPath(ROOT),
  process.env.DROPPOINT ?? `${process.env.CARGO_TARGET_DIR ?? 'target'}/debug/droppoint`);

const exec = promisify(execFile);

/** On each boundary of save-file, beside those that the recordings know. */
export const CUTS = ['none', 'at-once', '0ms', '10ms', '11ms', '1010ms', '1011ms', '9000ms'];

/** Around each `Pending`, further than any program suspends. */
export const SUSPENSIONS = [1, 2, 3, 4, 9].flatMap((k) => [
  `suspension-${k}-before-wake`, `suspension-${k}-after-wake`,
]);

/**
 * A run of the native runner.
 * @param {string} scenario
 * @param {string} program `rust/naive`
 * @param {string} cut
 * @param {string} [format]
 * @returns {Promise<string>}
 */
export async function native(scenario, program, cut, format = 'ndjson') {
  const { stdout } = await exec(BIN, [
    '--root', fileURLToPath(ROOT), 'run', program, scenario, '--cut', cut, '--format', format,
  ]);
  return stdout;
}

/**
 * @typedef {object} Recorded
 * @property {{ variant: string, cells: Cell[] }[]} variants
 */

/**
 * @typedef {object} Cell
 * @property {string} cut
 * @property {string} verdict
 * @property {string} digest
 */

/**
 * What is recorded of a scenario.
 * @param {string} id
 * @param {string} language
 * @returns {Promise<Recorded>}
 */
export async function recording(id, language) {
  return JSON.parse(await readFile(new URL(`recordings/${id}.${language}.json`, ROOT), 'utf8'));
}

/**
 * The contract that the page passes to the judge.
 * @param {string} id
 * @returns {Promise<string>} JSON
 */
export function contractOf(id) {
  return readFile(new URL(`web/pkg/contracts/${id}.json`, ROOT), 'utf8');
}

/**
 * What a page is shipped with of a scenario.
 * @param {string} id
 * @returns {Promise<import('../../../element/types.js').Bundle>}
 */
export async function shipped(id) {
  return JSON.parse(await readFile(new URL(`web/data/${id}.json`, ROOT), 'utf8'));
}

/**
 * Every scenario that a page is shipped with.
 * @returns {Promise<import('../../../element/types.js').Bundle[]>}
 */
export async function all() {
  const files = (await readdir(new URL('web/data/', ROOT))).filter((name) => name.endsWith('.json'));
  return Promise.all(files.sort().map((name) => shipped(name.slice(0, -'.json'.length))));
}
