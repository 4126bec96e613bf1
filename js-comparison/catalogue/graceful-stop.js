// `graceful-stop`: who takes part, and what the programs are given.

import * as programs from '../scenarios/graceful-stop.js';

/** @import { At, NameSet, Scenario, Sleep } from '../lab/types.js' */

/**
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {NameSet} ledger written first
 * @property {NameSet} mirror written 6 ms later
 */

/**
 * @callback Program
 * @param {Env} env
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/** @type {Scenario<Program>} */
export const gracefulStop = {
  id: 'graceful-stop',
  who: 'in-process',
  caller: 'a',
  probes: [],
  steps: { 1: 'half-way', 2: 'pausing' },
  variants: {
    'no-signal': programs.noSignal,
    'signal-inside': programs.signalInside,
    'signal-each-round': programs.signalEachRound,
  },

  stage(lab) {
    const ledger = lab.set('ledger');
    const mirror = lab.set('mirror');

    return {
      call: (program, { name, at, sleep }, signal) => program({
        at, sleep, ledger: ledger.for(name), mirror: mirror.for(name),
      }, { signal }),
    };
  },
};
