// Some work waits for a lock, and its owner stops waiting for
// it. Who ever gets the lock?
//
//   (1) the first work prepares, 4 ms
//   (2) it waits for the lock
//   (3) it holds the lock, 6 ms
//   (4) the other branch waits for the lock
// Another task holds the lock until 10 ms. `other` resolves
// when the other branch is ready. `task` calls a function as a
// task: what it does has a name of its own in the trace.

/**
 * An async function is not polled: the first work goes on,
 * gets the lock and unlocks, whether or not it is awaited.
 * @type {Program}
 */
export async function race({ at, lock, done, other, task }) {
  const first = task((env) => work(env));
  const winner = await Promise.race([first, other]);
  if (winner === 'other') {
    const unlock = await at(4, lock.acquire());
    done.add('other');
    unlock();
    await first;
  }
  return winner;
}

/**
 * The same, and the first work is aborted: it stops waiting
 * for the lock, or unlocks.
 * @type {Program}
 */
export async function raceSignal(env) {
  const { at, lock, done, other, task } = env;

  const controller = new AbortController();
  const { signal } = controller;
  const first = task((env) => work(env, { signal }));
  const winner = await Promise.race([first, other]);
  if (winner === 'other') {
    controller.abort();
    const unlock = await at(4, lock.acquire());
    done.add('other');
    unlock();
    await first.catch((error) => {
      // The abort is expected.
      if (error.name !== 'AbortError') throw error;
    });
  }
  return winner;
}

/**
 * @param {Env} env
 * @param {{ signal?: AbortSignal }} [options]
 */
async function work({ at, sleep, lock, done }, options) {
  await at(1, sleep(4, undefined, options));
  const unlock = await at(2, lock.acquire(options));
  try {
    await at(3, sleep(6, undefined, options));
    done.add('first');
    return 'first';
  } finally {
    unlock();
  }
}

// --- what the programs are given ---

/**
 * @import {
 *   Acquire, At, NameSet, Sleep, Task,
 * } from '../lab/types.js'
 * @import { CreateWorld } from '../lab/scenario.js'
 *
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {{ acquire: Acquire }} lock
 * @property {NameSet} done what was done under the lock
 * @property {Promise<'other'>} other
 * @property {(run: (env: Env) => Promise<string>) =>
 *   Promise<string>} task
 *
 * @callback Program
 * @param {Env} env
 * @returns {Promise<string>}
 */

/** @type {CreateWorld<Program>} */
export function createWorld(lab) {
  const lock = lab.lock('lock');
  const done = lab.set('done');
  let fire = () => {};
  /** @type {Promise<'other'>} */
  const other = new Promise((resolve) => {
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
      async holder({ name, sleep }) {
        const unlock = await lock.for(name).acquire();
        await sleep(10);
        unlock();
      },
    },
  };
}
