// Work that is not awaited fails. Who hears of it?
//
//   (1) the caller's own work, 25 ms
//   (2) the work beside it, 20 ms; it may fail: "disk full"
// `task` calls a function as a task: what it does has a name
// of its own in the trace.

/**
 * Starts the work and does not await it. By default, Node ends
 * the process at an unhandled rejection.
 * @type {Program}
 */
export async function floating({ at, sleep, task }) {
  void task((env) => flush(env));
  await at(1, sleep(25));
  return 'done';
}

/**
 * The rejection is handled, and the error is dropped.
 * @type {Program}
 */
export async function emptyCatch({ at, sleep, task }) {
  task((env) => flush(env)).catch(() => {});
  await at(1, sleep(25));
  return 'done';
}

/**
 * Promise.allSettled never rejects: errors are in its results,
 * which are not read here.
 * @type {Program}
 */
export async function settledUnread({ at, sleep, task }) {
  await Promise.allSettled([
    task((env) => flush(env)),
    at(1, sleep(25)),
  ]);
  return 'done';
}

/**
 * Awaits the work after its own. That is too late: an error
 * that comes before is unhandled, and Node ends the process.
 * @type {Program}
 */
export async function awaitedLate({ at, sleep, task }) {
  const work = task((env) => flush(env));
  await at(1, sleep(25));
  await work;
  return 'done';
}

/**
 * Awaits both. The first error is thrown to the caller at
 * once; the caller's own work goes on.
 * @type {Program}
 */
export async function awaited({ at, sleep, task }) {
  await Promise.all([
    task((env) => flush(env)),
    at(1, sleep(25)),
  ]);
  return 'done';
}

/** @param {Env} env */
async function flush({ at, disk }) {
  await at(2, disk.flush());
}

// --- what the programs are given ---

/**
 * @import { At, Sleep, Task } from '../lab/types.js'
 * @import { CreateWorld } from '../lab/scenario.js'
 *
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {{ flush(): Promise<void> }} disk
 * @property {(run: (env: Env) => Promise<void>) =>
 *   Promise<void>} task
 *
 * @callback Program
 * @param {Env} env
 * @returns {Promise<string>}
 */

/** @type {CreateWorld<Program>} */
export function createWorld(lab) {
  const made = lab.set('made');
  const taken = lab.set('taken');
  const full = new AbortController();

  /** @type {(task: Task) => Env} */
  const envOf = ({ name, at, sleep, spawn }) => ({
    at,
    sleep,
    disk: {
      async flush() {
        const { signal } = full;
        try {
          await sleep(20, undefined, { signal });
        } catch {
          // The error arises here.
          const error = new Error('disk full');
          made.for(name).add(error.message);
          throw error;
        }
      },
    },
    task: (run) => spawn((task) => run(envOf(task))),
  });

  return {
    async call(program, task) {
      try {
        return await program(envOf(task));
      } catch (error) {
        // The caller of the program handles its error.
        const { message } = /** @type {Error} */ (error);
        taken.for(task.name).add(message);
        throw error;
      }
    },
    fire: () => full.abort(),
  };
}
