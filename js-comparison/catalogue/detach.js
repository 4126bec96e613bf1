// `detach`: who takes part, and what the programs are given.

import * as programs from '../scenarios/detach.js';

/** @import { At, Count, Scenario, Sleep, Task } from '../lab/types.js' */

/**
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {Count} ticks how often the worker has ticked
 * @property {<T>(run: (env: Env) => Promise<T>) => Promise<T>} task
 */

/**
 * @callback Program
 * @param {Env} env
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/** @type {Scenario<Program>} */
export const detach = {
  id: 'detach',
  who: 'client',
  caller: 'a',
  probes: [],
  horizon: 55,
  steps: { 1: 'working', 2: 'ticking' },
  variants: {
    'floating': programs.floating,
    'early-throw': programs.earlyThrow,
    'signal': programs.signal,
  },

  stage(lab) {
    const ticks = lab.number('ticks');

    /** @type {(task: Task) => Env} */
    const envOf = ({ name, at, sleep, spawn }) => ({
      at,
      sleep,
      ticks: ticks.for(name),
      task: (run) => spawn((task) => run(envOf(task))),
    });

    return {
      call: (program, task, signal) => program(envOf(task), { signal }),
    };
  },
};
