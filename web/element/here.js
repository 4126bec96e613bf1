// Runs the shown cell again in this page, and compares with the recording.

import { asset } from './assets.js';
import { fullName } from './asked.js';
import { canRunHere, standing } from './recording.js';

/** @import { Model } from './model.js' */
/** @import { Cell, Live, Program, Run } from './types.js' */
/** @typedef {{ name: string, program: Program, recorded: Run, run: Run, standing: ReturnType<typeof standing> }} Ran */
/**
 * @typedef {{ state: 'recorded' }
 *   | { state: 'running' }
 *   | { state: 'failed', why: string }
 *   | { state: 'ran', cell: Cell, ran: Ran[] }} Here
 */

/** @type {Promise<Live> | undefined} */
let chunk;

/** Shared by the elements of a page: what one ran another need not. @type {Map<string, Promise<Run>>} */
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
export async function ranHere(model) {
  const { bundle, cut, now } = model;
  const cell = model.columns[model.at];
  const rows = model.rows.filter(canRunHere);
  if (!rows.length) return { state: 'recorded' };
  /** @type {Live} */
  let live;
  try {
    live = await load();
  } catch {
    return { state: 'failed', why: 'not run here: offline, or blocked by this page' };
  }
  const able = rows.filter(({ language }) => can(live, language));
  try {
    const ran = able.map(async (program) => {
      const name = fullName(program);
      const recorded = program.runs[cell];
      const run = await once(`${bundle.id} ${name} ${cut}`, () =>
        live.runHere(bundle.id, program.language, program.name, cut));
      return { name, program, recorded, run, standing: standing(program, cell, run) };
    });
    return able.length ? { state: 'ran', cell: now, ran: await Promise.all(ran) } : { state: 'recorded' };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { state: 'failed', why: `not run here: ${why.slice(0, 200)}` };
  }
}

/**
 * Whether what was run says something of what is shown now. What came out the
 * same stands until the next run; a difference belongs to its cell and rows.
 * @param {Here} here
 * @param {Pick<Model, 'now' | 'rows'>} model
 */
export function stands(here, { now, rows }) {
  if (here.state !== 'ran' || !here.ran.some((one) => one.standing === 'differs')) return true;
  return here.cell === now && here.ran.every(({ program }) => rows.includes(program));
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
