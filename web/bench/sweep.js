// WebAssembly beside native: the same sweep, judged and as data, one right
// after the other. `just bench-wasm` runs it.

import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import init, * as wasm from '../pkg/droppoint.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TARGET = process.env.CARGO_TARGET_DIR ?? `${ROOT}target`;

/** At most this many times as long as natively. */
const MOST = 2.5;
const ROUNDS = 301;
const TURNS = 5;

await init({ module_or_path: await readFile(new URL('../pkg/droppoint_bg.wasm', import.meta.url)) });

let within = true;
const scenarios = (await readdir(new URL('../pkg/contracts/', import.meta.url)))
  .map((name) => name.replace('.json', '')).sort();
for (const id of scenarios) {
  const contract = await readFile(new URL(`../pkg/contracts/${id}.json`, import.meta.url), 'utf8');
  const file = new URL(`../../recordings/${id}.rust.json`, import.meta.url);
  /** @type {{ variants: { variant: string, cells: { cut: string }[] }[] }} */
  const recorded = JSON.parse(await readFile(file, 'utf8'));
  for (const { variant, cells } of recorded.variants) {
    if (!runsHere(id, variant)) continue;
    const cuts = cells.map(({ cut }) => cut);
    const sweep = () => wasm.sweep(contract, variant, cuts);
    timed(sweep); // until the engine has compiled it well
    const turns = Array.from({ length: TURNS }, () => {
      const [there, here] = [native(id, variant, cuts), timed(sweep)];
      return { there, here, ratio: here / there };
    });
    // The machine's speed may change between two of them: turns are compared.
    const { there, here, ratio } = turns.sort((a, b) => a.ratio - b.ratio)[TURNS >> 1];
    within &&= ratio <= MOST;
    console.log(
      `${id} rust/${variant}, ${cuts.length} runs: native ${us(there)}, WASM ${us(here)}, `
        + `${ratio.toFixed(2)}x (at most ${MOST}x)`,
    );
  }
}
process.exitCode = within ? 0 : 1;

/**
 * Whether a page can run a program at all: one that panics or needs threads
 * is refused there.
 * @param {string} scenario
 * @param {string} variant
 */
function runsHere(scenario, variant) {
  try {
    wasm.run(scenario, variant, 'none');
    return true;
  } catch (error) {
    console.log(`left out: ${/** @type {Error} */ (error).message}`);
    return false;
  }
}

/**
 * @param {string} scenario
 * @param {string} variant
 * @param {string[]} cuts
 * @returns {number} nanoseconds
 */
function native(scenario, variant, cuts) {
  const program = `${TARGET}/release/examples/sweep`;
  return Number(execFileSync(program, [scenario, variant, ...cuts], { encoding: 'utf8' }));
}

/**
 * @param {() => unknown} sweep
 * @returns {number} nanoseconds, the median
 */
function timed(sweep) {
  const times = Array.from({ length: ROUNDS }, () => {
    const begun = process.hrtime.bigint();
    sweep();
    return Number(process.hrtime.bigint() - begun);
  });
  return times.sort((a, b) => a - b)[ROUNDS >> 1];
}

/** @param {number} ns */
function us(ns) {
  return `${(ns / 1000).toFixed(0)} µs`;
}
