// Loads the recorded data of a scenario, once per page.

import { fetchJson, PageError } from './assets.js';

/** @import { Bundle } from './types.js' */

/** @type {Map<string, Promise<Bundle>>} */
const loaded = new Map();

/** @param {string} id */
export function loadBundle(id) {
  let bundle = loaded.get(id);
  if (!bundle) {
    bundle = load(id);
    loaded.set(id, bundle);
    // Another element on the page may try again later.
    bundle.catch(() => loaded.delete(id));
  }
  return bundle;
}

/**
 * @param {string} id
 * @param {boolean} [renamed] whether an old name led here
 * @returns {Promise<Bundle>}
 */
async function load(id, renamed) {
  if (!id) throw new PageError('This element names no scenario. It needs the attribute scenario, such as scenario="save-file".');
  // The id becomes part of an address: only the name of a file is allowed.
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(id)) throw unknown(id, await scenarios());
  const what = `The data of ${id}`;
  /** @type {any} */
  let bundle;
  try {
    bundle = await fetchJson(`data/${id}.json`, what);
  } catch (error) {
    const names = await scenarios();
    throw names && !names.includes(id) ? unknown(id, names) : error;
  }
  // An old name of a scenario. It does not lead to another old name.
  if (typeof bundle?.renamed === 'string' && !renamed) return load(bundle.renamed, true);
  check(bundle, id, what);
  return bundle;
}

/** @returns {Promise<string[] | undefined>} */
const scenarios = () => fetchJson('data/ids.json', '').catch(() => undefined);

/**
 * @param {string} id
 * @param {string[]} [names]
 */
const unknown = (id, names = []) => new PageError(`There is no scenario “${id.slice(0, 80)}”.`, { name: id, names });

/**
 * @param {any} bundle
 * @param {string} id
 * @param {string} what
 */
function check(bundle, id, what) {
  if (bundle?.schema !== 1) {
    const made = bundle?.schema ? `schema ${bundle.schema}` : 'of no known schema';
    throw new PageError(`${what} is of another version than this page's script (${made}, not 1).`);
  }
  const whole =
    bundle.id === id &&
    bundle.cells?.length > 0 &&
    bundle.cells.every((/** @type {any} */ cell) => typeof cell?.cut === 'string') &&
    bundle.programs?.every((/** @type {any} */ p) => p.runs?.length === bundle.cells.length);
  if (!whole) throw new PageError(`${what} is damaged.`);
}
