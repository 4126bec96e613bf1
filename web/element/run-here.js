// Runs the shown cell in this page and compares it with the recording. Loaded when
// an element is used for the first time.

import { asset } from './assets.js';
import { fullName } from './attributes.js';
import { runResult } from './run-result.js';
import { canRunHere } from './recording.js';

/** @import { Model } from './model.js' */
/** @import { Live, Program, Run } from './types.js' */
/** @import { Here } from './recording.js' */

/** @type {Promise<Live> | undefined} */
let chunk;

/** Shared by the elements of a page, so that each cell runs once. @type {Map<string, Promise<Run>>} */
const runs = new Map();

function load() {
  chunk ??= import(/* @vite-ignore */ asset('live.js'));
  chunk.catch(() => { chunk = undefined; });
  return chunk;
}

/**
 * @param {Model} model
 * @returns {Promise<Here>}
 */
export async function runShown(model) {
  const { bundle, cut, now } = model;
  const cell = model.columns[model.at];
  const rows = model.rows.filter(canRunHere);
  if (!rows.length) return { state: 'recorded' };
  /** @type {Live} */
  let live;
  try {
    live = await load();
  } catch (error) {
    log('What runs programs in this page was not loaded', error);
    return { state: 'recorded' };
  }
  const able = rows.filter(({ language }) => can(live, language));
  if (!able.length) return { state: 'recorded' };
  /** @type {{ program: Program, run: Run }[]} */
  const ran = [];
  /** @type {Program[]} */
  const failed = [];
  // If one language cannot run here, the others still do.
  await Promise.all(able.map(async (program) => {
    try {
      const run = await once(`${bundle.id} ${fullName(program)} ${cut}`, () =>
        live.runHere(bundle.id, program.language, program.name, cut));
      ran.push({ program, run });
    } catch (error) {
      log(`${fullName(program)} was not run in this page`, error);
      failed.push(program);
    }
  }));
  if (!ran.length) return { state: 'recorded' };
  const inOrder = (/** @type {Program} */ one, /** @type {Program} */ other) => able.indexOf(one) - able.indexOf(other);
  return runResult(now, cell, ran.sort((one, other) => inOrder(one.program, other.program)), failed.sort(inOrder));
}

/**
 * @param {Live} live
 * @param {import('./types.js').Language} language
 */
function can({ capabilities }, language) {
  return language === 'go' ? capabilities.go === 'ready' : capabilities[language];
}

/**
 * @param {string} key
 * @param {() => Promise<{ run: Run }>} make
 */
function once(key, make) {
  let run = runs.get(key);
  if (!run) {
    run = make().then((made) => made.run);
    runs.set(key, run);
    run.catch(() => runs.delete(key));
  }
  return run;
}

/** @type {Set<string>} */
const logged = new Set();

/**
 * For whoever made the page, and each thing once: a reader has the recording
 * and can change nothing.
 * @param {string} what
 * @param {unknown} error
 */
function log(what, error) {
  const text = `droppoint: ${what}. ${error instanceof Error ? error.message : String(error)}`;
  if (logged.has(text)) return;
  logged.add(text);
  console.info(text);
}
