// Runs programs in the page and judges them. Loaded when an element is used for the
// first time.

import { goState, loadGo, offerGo, run as runGo } from './go.js';
import { run as runJs } from './js.js';
import { contractOf, judge } from './judge.js';
import { call, run as runRust } from './rust.js';

/** @import { Judged as Run } from '../pkg/droppoint.js' */

export { loadGo, offerGo };

/** @typedef {'rust' | 'go' | 'js'} Language */

/** @typedef {(scenario: string, variant: string, cut: string) => Promise<string>} Runner */

/** @type {Record<Language, Runner>} */
const RUNNERS = { rust: runRust, go: runGo, js: runJs };

/** What can run here, as far as is known before it is tried. */
export const capabilities = {
  get rust() {
    return 'WebAssembly' in globalThis;
  },
  /** JavaScript can run anywhere, but the judge is WebAssembly. */
  get js() {
    return 'WebAssembly' in globalThis;
  },
  get go() {
    return goState();
  },
};

/**
 * The uncut runs, against which the others are judged.
 * @type {Map<string, Promise<string>>}
 */
const uncutRuns = new Map();

/**
 * Runs one program at one cut here and judges it.
 * @param {string} scenario its id
 * @param {string} language
 * @param {string} variant
 * @param {string} cut as on the wire: `none`, `at-once`, `5ms`
 * @returns {Promise<{ run: Run, ndjson: string }>}
 * @throws {Error} ownersText message is a sentence for a reader
 */
export async function runHere(scenario, language, variant, cut) {
  if (!isLanguage(language)) throw new Error(`There is no language “${language}” here.`);
  // Loaded at the same time as the programs; a failure is reported when the
  // contract is needed.
  const contract = contractOf(scenario);
  contract.catch(() => {});
  try {
    const uncut = await uncutOf(scenario, language, variant);
    const ndjson = cut === 'none' ? uncut : await RUNNERS[language](scenario, variant, cut);
    return { run: await judge(await contract, uncut, ndjson), ndjson };
  } catch (error) {
    throw new Error(sentence(error), { cause: error });
  }
}

/**
 * A run of any language as Chrome trace JSON, which Perfetto opens.
 * @param {string} ndjson
 * @returns {Promise<string>}
 * @throws {Error} ownersText message is a sentence for a reader
 */
export async function perfetto(ndjson) {
  try {
    return await call((api) => api.perfetto(ndjson));
  } catch (error) {
    throw new Error(sentence(error), { cause: error });
  }
}

/**
 * @param {string} scenario
 * @param {Language} language
 * @param {string} variant
 */
function uncutOf(scenario, language, variant) {
  const key = [scenario, language, variant].join('/');
  let run = uncutRuns.get(key);
  if (!run) {
    run = RUNNERS[language](scenario, variant, 'none');
    uncutRuns.set(key, run);
    // After a failure the next call tries again.
    run.catch(() => uncutRuns.delete(key));
  }
  return run;
}

/**
 * @param {string} text
 * @returns {text is Language}
 */
function isLanguage(text) {
  return Object.hasOwn(RUNNERS, text);
}

/**
 * With a capital letter and a full stop.
 * @param {unknown} error
 */
function sentence(error) {
  const text = error instanceof Error ? error.message : String(error);
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}
