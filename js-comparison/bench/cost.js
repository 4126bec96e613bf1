// Measures what a call of each variant costs. `just bench-cost` starts this process;
// crates/cost/src/child.rs describes the protocol.
//
// A wait is `setImmediate` of node:timers/promises: it takes one turn of the event
// loop, and treats a signal as `setTimeout` does.

import { PerformanceObserver } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { Lock } from '../lab/lock.js';
import { programOf } from '../lab/scenario.js';
import { contractOf, loadScenario } from '../load.js';

/** @import { Disk, Sleep } from '../lab/types.js' */
/** @import { Env as SaveEnv, Program as Save } from '../scenarios/save-file.js' */
/** @import { Env as StopEnv, Program as Stop } from '../scenarios/graceful-stop.js' */

/** Concurrent clients, as in the other languages. */
const CLIENTS = 8;

/** What is measured records no effects. */
const NO_RECORDER = { effect() {} };

/** So few calls that nothing is collected while they allocate. */
const FEW_CALLS = 80 * CLIENTS;

/** @type {Sleep} */
const sleep = (_, value, options) =>
  setImmediate(/** @type {any} */ (value), options);

/** Operations that take one turn and store nothing. @type {Disk} */
const fs = {
  // As Node does for a file of one piece: it checks the signal once.
  async writeFile(...[, , options]) {
    options?.signal?.throwIfAborted();
    await setImmediate();
  },
  rename: () => setImmediate(),
  unlink: () => setImmediate(),
  rm: () => setImmediate(),
};

/** As in a server, it returns the promise itself. @type {any} */
const at = (/** @type {number} */ _, /** @type {unknown} */ promise) => promise;

/**
 * Creates a world for one client, and returns a function that calls the program.
 * @type {Record<string, (program: any) => (signal: AbortSignal) => Promise<string>>}
 */
const worlds = {
  'save-file': (/** @type {Save} */ program) => {
    const lock = new Lock(NO_RECORDER, 'lock').for('a');
    /** @type {SaveEnv} */
    const env = { at, fs, sleep, lock, index: new Set(), quota: 2, lag: 0 };
    const file = { name: 'a', text: 'what a client uploads' };
    return (signal) => program(env, file, { signal });
  },

  'graceful-stop': (/** @type {Stop} */ program) => {
    /** @type {StopEnv} */
    const env = { at, sleep, ledger: new Set(), mirror: new Set() };
    return (signal) => program(env, { signal });
  },
};

/**
 * @param {string} scenario
 * @param {string} variant
 * @returns {Promise<(calls: number) => () => Promise<unknown>>} prepares so many
 *   calls
 */
async function caller(scenario, variant) {
  const world = worlds[scenario];
  if (!world) throw new Error(`no scenario \`${scenario}\` here`);
  const program = programOf(await loadScenario(scenario), variant);

  return (calls) => {
    const clients = Array.from({ length: CLIENTS }, () => ({
      call: world(program),
      // As in a server: a signal for each call, and no client leaves.
      signals: Array.from({ length: calls / CLIENTS },
        () => new AbortController().signal),
    }));
    return () => Promise.all(clients.map(async ({ call, signals }) => {
      for (const signal of signals) await call(signal);
    }));
  };
}

/**
 * @param {string} scenario
 * @param {string} variant
 * @param {number} calls
 */
export async function measure(scenario, variant, calls) {
  const prepare = await caller(scenario, variant);
  const n = Math.ceil(calls / CLIENTS) * CLIENTS;
  const bytes = await heapUsed(prepare(Math.min(n, FEW_CALLS)));

  const run = prepare(n);
  globalThis.gc?.();
  // A collection may also discard compiled code.
  await prepare(n)();
  const cpu = process.cpuUsage();
  const wall = process.hrtime.bigint();
  await run();
  const wallTook = Number(process.hrtime.bigint() - wall);
  const { user, system } = process.cpuUsage(cpu);
  return {
    cpu_ns: (user + system) * 1000 / n,
    wall_ns: wallTook / n,
    // V8 does not count allocations.
    allocs: null,
    bytes: bytes === undefined ? null : bytes / Math.min(n, FEW_CALLS),
  };
}

/**
 * How much the heap grows: that is what was allocated, unless there was a garbage
 * collection. In that case it returns undefined.
 * @param {() => Promise<unknown>} run
 * @returns {Promise<number | undefined>}
 */
async function heapUsed(run) {
  if (!globalThis.gc) return undefined;
  globalThis.gc();
  // Node reports a collection one turn later.
  await setImmediate();
  let collected = false;
  const observer = new PerformanceObserver(() => {
    collected = true;
  });
  observer.observe({ entryTypes: ['gc'] });
  const before = process.memoryUsage().heapUsed;
  await run();
  const grown = process.memoryUsage().heapUsed - before;
  await setImmediate();
  await setImmediate();
  observer.disconnect();
  return collected ? undefined : grown;
}

/** @param {string[]} ids */
export function programs(ids) {
  return ids.flatMap((id) =>
    contractOf(id).variants.map(({ name }) => [id, name]));
}

/** @param {unknown} line */
const send = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  send({ programs: programs(process.argv.slice(2)) });
  for await (const line of createInterface({ input: process.stdin })) {
    const { scenario, variant, calls } = JSON.parse(line);
    send(await measure(scenario, variant, calls));
  }
}
