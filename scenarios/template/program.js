// What the programs do, in a sentence.
//
//   (1) wait for the answer, 10 ms

/**
 * Takes no signal, so it cannot be cancelled.
 * @type {Program}
 */
export async function plain({ at, sleep, done }) {
  await at(1, sleep(10));
  done.add('work');
  return 'done';
}

// --- what the programs are given ---

/**
 * @import { At, NameSet, Sleep } from '../lab/types.js'
 * @import { CreateWorld } from '../lab/scenario.js'
 *
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {NameSet} done what is done
 *
 * @callback Program
 * @param {Env} env
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/** @type {CreateWorld<Program>} */
export function createWorld(lab) {
  const done = lab.set('done');

  return {
    call: (program, { name, at, sleep }, signal) => program({
      at,
      sleep,
      done: done.for(name),
    }, { signal }),
  };
}
