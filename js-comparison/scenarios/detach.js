// A caller starts an endless worker, and leaves before it has
// stopped it. Does the worker go on, and who pays?
//
//   (1) the caller's own work, 34 ms
//   (2) the worker waits for its next tick, every 10 ms
// When the client leaves, the caller's `signal` is aborted.
// `task` calls what it is given, and gives what that does a
// name of its own in the trace.

/**
 * Starts the worker, and awaits something else. Nothing can
 * stop a promise from outside.
 * @type {Program}
 */
export async function floating(env, { signal }) {
  const { at, sleep, task } = env;

  void task((env) => endless(env));
  await at(1, sleep(34, undefined, { signal }));
  return 'worked';
}

/**
 * The worker heeds a signal of its own. Whoever leaves early
 * throws at (1), and does not get as far as the abort.
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
 * The same, with the abort where every way out leads past, and
 * waits until the worker has ended.
 * @type {Program}
 */
export async function signal(env, { signal }) {
  const { at, sleep, task } = env;

  const stop = new AbortController();
  const worker = task((env) => untilAborted(env, stop.signal));
  // Its error is thrown below. Until then it needs a handler.
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
    // To be stopped is how it ends, and no failure.
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
