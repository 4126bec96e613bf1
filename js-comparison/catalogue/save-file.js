// `save-file`: who takes part, and what the programs are given.

import * as programs from '../scenarios/save-file.js';

/** @import { Acquire, At, Disk, NameSet, Scenario, Sleep } from '../lab/types.js' */

/**
 * What the store gives to a program: the platform's functions under the
 * platform's signatures, and the store's own lock and index.
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Disk} fs as node:fs/promises
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {{ acquire: Acquire }} lock resolves to its release
 * @property {NameSet} index
 * @property {number} quota how many files the store may hold
 * @property {number} lag how long step 3 takes, in ms
 */

/** @typedef {{ name: string, text: string }} Upload */

/**
 * @callback Program
 * @param {Env} env
 * @param {Upload} file
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/**
 * @callback Commit
 * @param {Env} env
 * @param {Upload} file
 * @returns {Promise<string>}
 */

/** @type {Scenario<Program>} */
export const saveFile = {
  id: 'save-file',
  who: 'client',
  caller: 'a',
  probes: ['b', 'c'],
  real: true,
  steps: { 1: 'locking', 2: 'writing', 3: 'waiting', 4: 'indexing' },
  variants: {
    'naive': programs.naive,
    'signal-checked': programs.signalChecked,
    'signal-write': programs.signalWrite,
    'signal-finally': programs.signalFinally,
    'shielded': programs.shielded,
  },

  stage(lab) {
    const disk = lab.disk('disk');
    const index = lab.set('index');
    const lock = lab.lock('lock');
    // On a real disk a text has to be long, or its write is over before
    // anybody can abort it; the lag need not be.
    const { lag, text } = lab.mode === 'real'
      ? { lag: 40, text: 'x'.repeat(1 << 20) }
      : { lag: 1000, text: 'what the client sent' };

    return {
      call: (program, task, signal) => program({
        at: task.at,
        fs: disk.for(task.name),
        sleep: task.sleep,
        lock: lock.for(task.name),
        index: index.for(task.name),
        quota: 2,
        lag,
      }, { name: task.name, text }, { signal }),
    };
  },
};
