// `receive`: who takes part, and what the programs are given.

import * as programs from '../scenarios/receive.js';

/**
 * @import {
 *   At, Inbox, Interval, NameSet, Scenario, Sleep, Task,
 * } from '../lab/types.js'
 */

/**
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {Interval} setInterval of node:timers/promises
 * @property {Inbox} inbox an async iterator, whose `take` heeds a signal as well
 * @property {NameSet} passed what was passed on
 */

/**
 * @callback Program
 * @param {Env} env
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/** @type {Scenario<Program>} */
export const receive = {
  id: 'receive',
  who: 'in-process',
  caller: 'a',
  probes: [],
  others: ['sender'],
  steps: { 1: 'receiving', 2: 'passing on' },
  variants: {
    'raced-next': programs.racedNext,
    'kept-next': programs.keptNext,
    'signal-take': programs.signalTake,
  },

  stage(lab) {
    const sent = lab.set('sent');
    const queue = lab.queue('queue');
    const passed = lab.set('passed');

    return {
      call: (program, { name, at, sleep, setInterval }, signal) => program({
        at, sleep, setInterval, inbox: queue.for(name), passed: passed.for(name),
      }, { signal }),

      others: {
        /** @param {Task} task */
        async sender({ name, sleep }) {
          const send = (/** @type {string} */ message) => {
            sent.for(name).add(message);
            queue.push(name, message);
          };
          send('m1');
          await sleep(10);
          send('m2');
          await sleep(10);
          send('m3');
          await sleep(11);
          queue.close();
        },
      },
    };
  },
};
