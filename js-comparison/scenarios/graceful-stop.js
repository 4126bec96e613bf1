// A job in five rounds must stop early, but tidily.
// Do the two places agree when it has stopped?
//
// A round writes an entry into the ledger and into its mirror:
//   (1) between the first write and the second, 6 ms
//   (2) pause before the next round, 4 ms
// When the caller gives up, it aborts the `signal`, and waits
// until the job has stopped.

const ROUNDS = 5;

/**
 * Takes no signal: the caller waits for all the rounds.
 * @type {Program}
 */
export async function noSignal({ at, sleep, ledger, mirror }) {
  for (let round = 1; round <= ROUNDS; round += 1) {
    ledger.add(`${round}`);
    await at(1, sleep(6));
    mirror.add(`${round}`);
    await at(2, sleep(4));
  }
  return `${ROUNDS} rounds`;
}

/**
 * Passes the signal to every sleep. It stops at once, also
 * half-way through a round.
 * @type {Program}
 */
export async function signalInside(env, { signal }) {
  const { at, sleep, ledger, mirror } = env;

  for (let round = 1; round <= ROUNDS; round += 1) {
    ledger.add(`${round}`);
    await at(1, sleep(6, undefined, { signal }));
    mirror.add(`${round}`);
    await at(2, sleep(4, undefined, { signal }));
  }
  return `${ROUNDS} rounds`;
}

/**
 * Can stop before a round and in the pause between two. A
 * round that has begun is finished.
 * @type {Program}
 */
export async function signalEachRound(env, { signal }) {
  const { at, sleep, ledger, mirror } = env;

  for (let round = 1; round <= ROUNDS; round += 1) {
    signal.throwIfAborted();
    ledger.add(`${round}`);
    await at(1, sleep(6));
    mirror.add(`${round}`);
    await at(2, sleep(4, undefined, { signal }));
  }
  return `${ROUNDS} rounds`;
}

// --- what the programs are given ---

/**
 * @import { At, NameSet, Sleep } from '../lab/types.js'
 * @import { CreateWorld } from '../lab/scenario.js'
 *
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {NameSet} ledger written first
 * @property {NameSet} mirror written 6 ms later
 *
 * @callback Program
 * @param {Env} env
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/** @type {CreateWorld<Program>} */
export function createWorld(lab) {
  const ledger = lab.set('ledger');
  const mirror = lab.set('mirror');

  return {
    call: (program, { name, at, sleep }, signal) => program({
      at,
      sleep,
      ledger: ledger.for(name),
      mirror: mirror.for(name),
    }, { signal }),
  };
}
