// A caller starts an endless worker, and leaves before it has
// stopped it. Does the worker go on, and who pays?
//
//   (1) the caller's own work, 34 ms
//   (2) the worker waits for its next tick, every 10 ms
// When the client leaves, the caller's `signal` is aborted.
// `task` calls a function as a task: what it does has a name
// of its own in the trace.

/**
 * Starts the worker and does not await it. A promise cannot
 * be stopped from outside.
 * @type {Program}
 */
export async function floating(env, { signal }) {
  const { at, sleep, task } = env;

  void task((env) => endless(env));
  await at(1, sleep(34, undefined, { signal }));
  return 'worked';
}

/**
 * The worker has a signal of its own. When the client leaves
 * early, (1) throws, and the abort is not reached.
 * @type {Program}
 */
export async function earlyThrow(env, { signal }) {
  const { at, sleep, task } = env;

  const stop = new AbortController();
  void task((env) => untilAborted(env, stop.signal));
  await at(1, sleep(34, undefined, { signal }));
  stop.abort();
  return 'worked';
}

/**
 * The same, with the abort in `finally`. It also waits until
 * the worker has ended.
 * @type {Program}
 */
export async function signal(env, { signal }) {
  const { at, sleep, task } = env;

  const stop = new AbortController();
  const worker = task((env) => untilAborted(env, stop.signal));
  // Its error is thrown below; until then it needs a handler.
  worker.catch(() => {});
  try {
    await at(1, sleep(34, undefined, { signal }));
  } finally {
    stop.abort();
    await worker;
  }
  return 'worked';
}

/** @param {Env} env */
async function endless({ at, sleep, ticks }) {
  for (;;) {
    await at(2, sleep(10));
    ticks.add(1);
  }
}

/**
 * @param {Env} env
 * @param {AbortSignal} signal
 */
async function untilAborted({ at, sleep, ticks }, signal) {
  try {
    for (;;) {
      await at(2, sleep(10, undefined, { signal }));
      ticks.add(1);
    }
  } catch (error) {
    // An abort is how it is meant to end.
    if (!signal.aborted) throw error;
  }
}

// --- what the programs are given ---

/**
 * @import { At, Counter, Sleep, Task } from '../lab/types.js'
 * @import { CreateWorld } from '../lab/scenario.js'
 *
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {Counter} ticks how often the worker has ticked
 * @property {(run: (env: Env) => Promise<void>) =>
 *   Promise<void>} task
 *
 * @callback Program
 * @param {Env} env
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/** @type {CreateWorld<Program>} */
export function createWorld(lab) {
  const ticks = lab.number('ticks');

  /** @type {(task: Task) => Env} */
  const envOf = ({ name, at, sleep, spawn }) => ({
    at,
    sleep,
    ticks: ticks.for(name),
    task: (run) => spawn((task) => run(envOf(task))),
  });

  return {
    call: (program, task, signal) =>
      program(envOf(task), { signal }),
  };
}
