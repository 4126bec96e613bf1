// `lost-error`: who takes part, and what the programs are given.

import * as programs from '../scenarios/lost-error.js';

/** @import { At, Scenario, Sleep, Task } from '../lab/types.js' */

/**
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {{ flush(): Promise<void> }} disk takes 20 ms, unless it fails before
 * @property {<T>(run: (env: Env) => Promise<T>) => Promise<T>} task
 */

/**
 * @callback Program
 * @param {Env} env
 * @returns {Promise<string>}
 */

/** @type {Scenario<Program>} */
export const lostError = {
  id: 'lost-error',
  who: 'inside',
  event: 'the work fails',
  caller: 'a',
  probes: [],
  steps: { 1: 'own work', 2: 'working' },
  variants: {
    'floating': programs.floating,
    'empty-catch': programs.emptyCatch,
    'settled-unread': programs.settledUnread,
    'awaited-late': programs.awaitedLate,
    'awaited': programs.awaited,
  },
  ownProcess: ['floating', 'awaited-late'],

  stage(lab) {
    const made = lab.set('made');
    const taken = lab.set('taken');
    const full = new AbortController();

    /** @type {(task: Task) => Env} */
    const envOf = ({ name, at, sleep, spawn }) => ({
      at,
      sleep,
      disk: {
        async flush() {
          try {
            await sleep(20, undefined, { signal: full.signal });
          } catch {
            // The error arises here.
            const error = new Error('disk full');
            made.for(name).add(error.message);
            throw error;
          }
        },
      },
      task: (run) => spawn((task) => run(envOf(task))),
    });

    return {
      async call(program, task) {
        try {
          return await program(envOf(task));
        } catch (error) {
          // Whoever called the program looks at what it throws.
          taken.for(task.name).add(/** @type {Error} */ (error).message);
          throw error;
        }
      },
      fire: () => full.abort(),
    };
  },
};
