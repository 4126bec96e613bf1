// The program is told to end while work is under way.
// What becomes of the jobs it has accepted?
//
//   (1) wait for a job: one comes at 0 ms, one at 4 ms
//   (2) work on a job, 10 ms
//   (3) wait for the jobs that are under way
// `accept` resolves to `undefined` when no more jobs come, at
// 20 ms, or when the program is told to end before that. (By
// SIGTERM, say: without a listener, Node ends at once.)
// `signal` is aborted at that instant, and `env.exit` is
// process.exit. `task` calls a function as a task: what it does
// has a name of its own in the trace. The rejection of a job
// must be handled, or Node ends the process at once.

/**
 * Returns, and the process goes on until the last timer has
 * fired. To report a job that failed, the catch would set
 * process.exitCode, which does not end the process.
 * @type {Program}
 */
export async function mainReturns({ at, accept, task }) {
  for (;;) {
    const job = await at(1, accept());
    if (job === undefined) return;
    task((env) => work(env, job)).catch(console.error);
  }
}

/**
 * Ends the process at once: jobs that wait are not finished,
 * and their `finally` does not run.
 * @type {Program}
 */
export async function exit(env) {
  const { at, accept, task } = env;

  for (;;) {
    const job = await at(1, accept());
    if (job === undefined) return env.exit(0);
    task((env) => work(env, job)).catch(console.error);
  }
}

/**
 * Keeps the promises of its jobs, and awaits them before it
 * ends the process.
 * @type {Program}
 */
export async function exitDrained(env) {
  const { at, accept, task } = env;

  let code = 0;
  const jobs = [];
  for (;;) {
    const job = await at(1, accept());
    if (job === undefined) break;
    jobs.push(task((env) => work(env, job)).catch((error) => {
      console.error(error);
      code = 1;
    }));
  }
  await at(3, Promise.all(jobs));
  env.exit(code);
}

/**
 * Passes the signal to its jobs. Each stops where it waits and
 * is refused; then nothing keeps the process alive.
 * @type {Program}
 */
export async function signalRefuses({ at, accept, task }) {
  for (;;) {
    const job = await at(1, accept());
    if (job === undefined) return;
    task((env) => workOrRefuse(env, job)).catch(console.error);
  }
}

/**
 * @param {Env} env
 * @param {string} job
 */
async function work({ at, sleep, finished }, job) {
  await at(2, sleep(10));
  finished.add(job);
}

/**
 * @param {Env} env
 * @param {string} job
 */
async function workOrRefuse(env, job) {
  const { at, sleep, signal, finished, refused } = env;

  try {
    await at(2, sleep(10, undefined, { signal }));
  } catch (error) {
    if (!signal.aborted) throw error;
    refused.add(job);
    return;
  }
  finished.add(job);
}

// --- what the programs are given ---

/**
 * @import {
 *   At, Exit, NameSet, Sleep, Task,
 * } from '../lab/types.js'
 * @import { CreateWorld } from '../lab/scenario.js'
 *
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {() => Promise<string | undefined>} accept
 * @property {AbortSignal} signal
 * @property {NameSet} finished jobs that are done
 * @property {NameSet} refused jobs that were turned down
 * @property {Exit} exit process.exit
 * @property {(run: (env: Env) => Promise<void>) =>
 *   Promise<void>} task
 *
 * @callback Program
 * @param {Env} env
 * @returns {Promise<void>}
 */

/** @type {CreateWorld<Program>} */
export function createWorld(lab) {
  const accepted = lab.set('accepted');
  const finished = lab.set('finished');
  const refused = lab.set('refused');
  const ending = new AbortController();
  const { signal } = ending;
  const jobs = [{ job: '1', due: 0 }, { job: '2', due: 4 }];

  /** @type {(task: Task) => Env} */
  const envOf = ({ name, at, sleep, exit, spawn }) => ({
    at,
    sleep,
    async accept() {
      if (signal.aborted) return undefined;
      const next = jobs.shift();
      const wait = (next?.due ?? 20) - lab.now();
      try {
        if (wait > 0) await sleep(wait, undefined, { signal });
      } catch {
        return undefined;
      }
      if (next) accepted.for(name).add(next.job);
      return next?.job;
    },
    signal,
    finished: finished.for(name),
    refused: refused.for(name),
    exit,
    task: (run) => spawn((task) => run(envOf(task))),
  });

  return {
    call: (program, task) => program(envOf(task)),
    fire: () => ending.abort(),
  };
}
