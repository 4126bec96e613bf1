// `futurelock`: who takes part, and what the programs are given.

import * as programs from '../scenarios/futurelock.js';

/**
 * @import { Acquire, At, NameSet, Scenario, Sleep, Task } from '../lab/types.js'
 */

/**
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {{ acquire: Acquire }} lock resolves to its release
 * @property {NameSet} done what was done under the lock
 * @property {Promise<'other'>} other resolves when the other arm is ready
 * @property {<T>(run: (env: Env) => Promise<T>) => Promise<T>} task
 */

/**
 * @callback Program
 * @param {Env} env
 * @returns {Promise<string>}
 */

/** @type {Scenario<Program>} */
export const futurelock = {
  id: 'futurelock',
  who: 'inside',
  event: 'the other arm is ready',
  caller: 'a',
  probes: [],
  others: ['holder'],
  steps: { 1: 'preparing', 2: 'in line', 3: 'holding', 4: 'other arm' },
  variants: {
    'race': programs.race,
    'race-signal': programs.raceSignal,
  },

  stage(lab) {
    const lock = lab.lock('lock');
    const done = lab.set('done');
    let fire = () => {};
    const other = new Promise((/** @type {(_: 'other') => void} */ resolve) => {
      fire = () => resolve('other');
    });

    /** @type {(task: Task) => Env} */
    const envOf = ({ name, at, sleep, spawn }) => ({
      at,
      sleep,
      lock: lock.for(name),
      done: done.for(name),
      other,
      task: (run) => spawn((task) => run(envOf(task))),
    });

    return {
      call: (program, task) => program(envOf(task)),
      fire,

      others: {
        /** @param {Task} task */
        async holder({ name, sleep }) {
          const unlock = await lock.for(name).acquire();
          await sleep(10);
          unlock();
        },
      },
    };
  },
};
