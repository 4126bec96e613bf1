// A transfer withdraws and deposits at the same time, and the
// deposit fails. What becomes of the other half?
//
//   (1) withdraw from the payer, 8 ms: this does not fail
//   (2) deposit with the payee, 12 ms; it may be refused
//   (3) give back what was withdrawn, 2 ms
// `task` calls a function as a task: what it does has a name
// of its own in the trace.

/**
 * Promise.all rejects with the first error, and does not wait
 * for the other half, which goes on.
 * @type {Program}
 */
export async function all({ task }) {
  await Promise.all([
    task((env) => deposit(env)),
    task((env) => withdraw(env)),
  ]);
  return 'paid';
}

/**
 * Waits for both, and throws the error. By then the money has
 * left the payer.
 * @type {Program}
 */
export async function allSettled({ task }) {
  const halves = await Promise.allSettled([
    task((env) => deposit(env)),
    task((env) => withdraw(env)),
  ]);
  for (const half of halves) {
    if (half.status === 'rejected') throw half.reason;
  }
  return 'paid';
}

/**
 * Aborts the other half, if it still waits. What it has done
 * is not undone.
 * @type {Program}
 */
export async function allSignal({ task }) {
  const controller = new AbortController();
  const { signal } = controller;

  try {
    await Promise.all([
      task((env) => deposit(env, { signal })),
      task((env) => withdraw(env, { signal })),
    ]);
  } finally {
    controller.abort();
  }
  return 'paid';
}

/**
 * Waits for both, and gives back what was withdrawn if the
 * deposit failed.
 * @type {Program}
 */
export async function undo({ at, sleep, payer, task }) {
  const [deposited, withdrawn] = await Promise.allSettled([
    task((env) => deposit(env)),
    task((env) => withdraw(env)),
  ]);
  if (deposited.status === 'rejected') {
    if (withdrawn.status === 'fulfilled') {
      await at(3, sleep(2));
      payer.add(10);
    }
    throw deposited.reason;
  }
  if (withdrawn.status === 'rejected') throw withdrawn.reason;
  return 'paid';
}

/**
 * @param {Env} env
 * @param {{ signal?: AbortSignal }} [options]
 */
async function withdraw({ at, sleep, payer }, options) {
  await at(1, sleep(8, undefined, options));
  payer.add(-10);
}

/**
 * @param {Env} env
 * @param {{ signal?: AbortSignal }} [options]
 */
async function deposit({ at, accepted, payee }, options) {
  await at(2, accepted(options));
  payee.add(10);
}

// --- what the programs are given ---

/**
 * @import { At, Counter, Sleep, Task } from '../lab/types.js'
 * @import { CreateWorld } from '../lab/scenario.js'
 *
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {Counter} payer the payer's balance
 * @property {Counter} payee the payee's balance
 * @property {(options?: { signal?: AbortSignal }) =>
 *   Promise<void>} accepted resolves after 12 ms, or rejects
 *   when the payee's bank refuses
 * @property {(run: (env: Env) => Promise<void>) =>
 *   Promise<void>} task
 *
 * @callback Program
 * @param {Env} env
 * @returns {Promise<string>}
 */

/** @type {CreateWorld<Program>} */
export function createWorld(lab) {
  const payer = lab.number('payer');
  const payee = lab.number('payee');
  const refusal = new AbortController();

  /** @type {(task: Task) => Env} */
  const envOf = ({ name, at, sleep, spawn }) => ({
    at,
    sleep,
    payer: payer.for(name),
    payee: payee.for(name),
    async accepted({ signal: stop } = {}) {
      const refused = refusal.signal;
      const signal = AbortSignal.any(
        stop ? [stop, refused] : [refused],
      );
      try {
        await sleep(12, undefined, { signal });
      } catch (error) {
        throw stop?.aborted ? error : refused.reason;
      }
    },
    task: (run) => spawn((task) => run(envOf(task))),
  });

  return {
    call: (program, task) => program(envOf(task)),
    fire: () => refusal.abort(new Error('refused')),
  };
}
