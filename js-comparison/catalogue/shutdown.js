// `shutdown`: who takes part, and what the programs are given.

import * as programs from '../scenarios/shutdown.js';

/**
 * @import { At, Exit, NameSet, Scenario, Sleep, Task } from '../lab/types.js'
 */

/**
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {() => Promise<string | undefined>} accept takes on the next job, or
 *   says that there is none any more
 * @property {AbortSignal} signal aborted when the program is told to end
 * @property {NameSet} finished jobs that are done
 * @property {NameSet} refused jobs whose customers know that they will not be
 * @property {Exit} exit process.exit
 * @property {<T>(run: (env: Env) => Promise<T>) => Promise<T>} task
 */

/**
 * @callback Program
 * @param {Env} env
 * @returns {Promise<void>}
 */

/** When the jobs come. @type {[string, number][]} */
const JOBS = [['1', 0], ['2', 4]];

/** When it is clear that no more will come. */
const CLOSED = 20;

/** @type {Scenario<Program>} */
export const shutdown = {
  id: 'shutdown',
  who: 'inside',
  event: 'the program is told to end',
  caller: 'a',
  probes: [],
  endsProcess: true,
  steps: { 1: 'accepting', 2: 'working', 3: 'draining' },
  variants: {
    'main-returns': programs.mainReturns,
    'exit': programs.exit,
    'exit-drained': programs.exitDrained,
    'signal-refuses': programs.signalRefuses,
  },

  stage(lab) {
    const accepted = lab.set('accepted');
    const finished = lab.set('finished');
    const refused = lab.set('refused');
    const told = new AbortController();
    const { signal } = told;
    const coming = [...JOBS];

    /** @type {(task: Task) => Env} */
    const envOf = ({ name, at, sleep, exit, spawn }) => ({
      at,
      sleep,
      async accept() {
        if (signal.aborted) return undefined;
        const [job, due] = coming.shift() ?? [undefined, CLOSED];
        const wait = due - lab.arm.now();
        try {
          if (wait > 0) await sleep(wait, undefined, { signal });
        } catch {
          return undefined;
        }
        if (job !== undefined) accepted.for(name).add(job);
        return job;
      },
      signal,
      finished: finished.for(name),
      refused: refused.for(name),
      exit,
      task: (run) => spawn((task) => run(envOf(task))),
    });

    return {
      call: (program, task) => program(envOf(task)),
      fire: () => told.abort(),
    };
  },
};
