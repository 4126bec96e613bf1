// A caller waits for a bell, and gives up.
// Who takes its name off the list?
//
//   (1) wait for the bell, which rings at 10 ms
// `bell.on(listener)` leaves a registration with the bell, and
// `bell.off(listener)` takes it away; ringing does not. When
// the caller gives up, its `signal` is aborted.

/**
 * Registers the promise's own `resolve` with the bell. Takes
 * no signal: it cannot be aborted.
 * @type {Program}
 */
export async function noSignal({ at, bell }) {
  let stop = () => {};
  const rung = new Promise((resolve) => {
    bell.on(resolve);
    stop = () => bell.off(resolve);
  });
  await at(1, rung);
  stop();
  return 'rung';
}

/**
 * Races the same promise with the signal. After an abort the
 * line that follows the race is not reached, so the listener
 * of the bell stays. (When the bell wins, it is the listener
 * of the signal that stays.)
 * @type {Program}
 */
export async function raced({ at, bell }, { signal }) {
  signal.throwIfAborted();
  let stop = () => {};
  const rung = new Promise((resolve) => {
    bell.on(resolve);
    stop = () => bell.off(resolve);
  });
  const aborted = new Promise((_, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  await at(1, Promise.race([rung, aborted]));
  stop();
  return 'rung';
}

/**
 * One promise for both. Whichever comes first removes both
 * listeners, as `once` of node:events does for an EventEmitter
 * and a signal.
 * @type {Program}
 */
export async function cleared({ at, bell }, { signal }) {
  signal.throwIfAborted();
  await at(1, new Promise((resolve, reject) => {
    const onRing = () => {
      signal.removeEventListener('abort', onAbort);
      bell.off(onRing);
      resolve(undefined);
    };
    const onAbort = () => {
      bell.off(onRing);
      reject(signal.reason);
    };
    bell.on(onRing);
    signal.addEventListener('abort', onAbort, { once: true });
  }));
  return 'rung';
}

// --- what the programs are given ---

/**
 * @import { At } from '../lab/types.js'
 * @import { CreateWorld } from '../lab/scenario.js'
 *
 * @typedef {(sound: string) => void} Listener
 *
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {{
 *   on(listener: Listener): void,
 *   off(listener: Listener): void,
 * }} bell
 *
 * @callback Program
 * @param {Env} env
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/** @type {CreateWorld<Program>} */
export function createWorld(lab) {
  const place = 'registrations';
  /**
   * Each with the name of its task.
   * @type {Map<Listener, string>}
   */
  const listeners = new Map();
  lab.place(place, {
    state: () => ({ set: [...listeners.values()].sort() }),
  });
  const rung = lab.flag('rung');

  /** @type {(task: string) => Env['bell']} */
  const bellOf = (task) => ({
    on(listener) {
      listeners.set(listener, task);
      const op = 'add';
      lab.recorder.effect(task, { place, op, item: task });
    },
    off(listener) {
      if (!listeners.delete(listener)) return;
      const op = 'remove';
      lab.recorder.effect(task, { place, op, item: task });
    },
  });

  return {
    call: (program, { name, at }, signal) =>
      program({ at, bell: bellOf(name) }, { signal }),

    others: {
      async bell({ name, sleep }) {
        await sleep(10);
        rung.for(name).raise();
        // As an EventEmitter: those that are registered now.
        for (const listener of [...listeners.keys()]) {
          listener('ding');
        }
      },
    },
  };
}
