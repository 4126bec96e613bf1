// `try-join`: who takes part, and what the programs are given.

import * as programs from '../scenarios/try-join.js';

/** @import { At, Count, Scenario, Sleep, Task } from '../lab/types.js' */

/**
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {Count} payer the payer's account
 * @property {Count} payee the payee's account
 * @property {(options?: { signal?: AbortSignal }) => Promise<void>} accepted
 *   resolves after 12 ms, unless the payee's bank has refused before
 * @property {<T>(run: (env: Env) => Promise<T>) => Promise<T>} task
 */

/**
 * @callback Program
 * @param {Env} env
 * @returns {Promise<string>}
 */

/** @type {Scenario<Program>} */
export const tryJoin = {
  id: 'try-join',
  who: 'inside',
  event: 'the deposit is refused',
  caller: 'a',
  probes: [],
  steps: { 1: 'withdrawing', 2: 'depositing', 3: 'giving back' },
  variants: {
    'all': programs.all,
    'all-settled': programs.allSettled,
    'all-signal': programs.allSignal,
    'undo': programs.undo,
  },

  stage(lab) {
    const payer = lab.number('payer');
    const payee = lab.number('payee');
    const refusal = new AbortController();
    const { signal: refused } = refusal;

    /** @type {(task: Task) => Env} */
    const envOf = ({ name, at, sleep, spawn }) => ({
      at,
      sleep,
      payer: payer.for(name),
      payee: payee.for(name),
      async accepted({ signal } = {}) {
        const either = signal ? AbortSignal.any([signal, refused]) : refused;
        try {
          await sleep(12, undefined, { signal: either });
        } catch (error) {
          throw signal?.aborted ? error : refused.reason;
        }
      },
      task: (run) => spawn((task) => run(envOf(task))),
    });

    return {
      call: (program, task) => program(envOf(task)),
      fire: () => refusal.abort(new Error('refused')),
    };
  },
};
