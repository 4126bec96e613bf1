// Runs that may end their process: in a worker thread, where the end of the
// process is the end of the thread.
//
// 1. The worker sends each event as it happens. When the thread has ended, this
//    side adds what the worker could not send: the unhandled rejection, the end of
//    the process, and the world, which is the fold of the effects.
// 2. One worker executes one run after the other until its thread ends.
// 3. The thread may end at any time, also between two runs. Its handlers are
//    therefore there as long as the worker.

import { Worker } from 'node:worker_threads';

import { formatCut } from '../index.js';
import { Lab } from '../lab/lab.js';
import { virtualBackend } from '../lab/virtual.js';
import { apply } from './fold.js';

/** @import { Event } from '../lab/recorder.js' */
/** @import { Scenario } from '../lab/scenario.js' */
/** @import { Outcome } from '../lab/types.js' */
/** @import { Request } from './request.js' */

/** @typedef {{ at_ms: number, error: string }} UnhandledRejection */

/**
 * What a worker sends.
 * @typedef {{ event: Event } | { unhandled: UnhandledRejection }
 *   | { outcome: Outcome } | { failed: string }} WorkerMessage
 */

/**
 * The run that a worker executes.
 * @typedef {object} Current
 * @property {Scenario<any>} scenario
 * @property {Event[]} events
 * @property {UnhandledRejection} [unhandled]
 * @property {(outcome: Outcome | Promise<Outcome> | undefined) => void} resolve
 * @property {(error: unknown) => void} reject
 */

const WORKER = new URL('worker.js', import.meta.url);

/** @type {RunWorker | undefined} */
let idle;

/**
 * @param {Request} request
 * @returns {Promise<Outcome>}
 */
export async function runInWorker(request) {
  const worker = idle ?? new RunWorker();
  idle = undefined;
  return await worker.run(request) ?? runInWorker(request);
}

class RunWorker {
  // Node's default options, whatever this process was started with.
  #worker = new Worker(WORKER, { execArgv: [] });
  /** @type {Current | undefined} */
  #current;
  /** Whether it has executed a run before. */
  #reused = false;
  /** @type {unknown} */
  #error;

  constructor() {
    this.#worker
      .on('message', (message) => this.#onMessage(message))
      .on('error', (error) => { this.#error = error; })
      .on('exit', (code) => this.#onExit(code));
  }

  /**
   * @param {Request} request
   * @returns {Promise<Outcome | undefined>} undefined if it was reused and its
   *   thread had ended before it received the request
   */
  run({ scenario, variant, cut }) {
    this.#worker.ref();
    this.#worker.postMessage({ id: scenario.id, variant, cut: formatCut(cut) });
    return new Promise((resolve, reject) => {
      this.#current = { scenario, events: [], resolve, reject };
    });
  }

  /** @param {WorkerMessage} message */
  #onMessage(message) {
    const current = this.#current;
    if (!current) return;
    if ('event' in message) current.events.push(message.event);
    else if ('unhandled' in message) current.unhandled = message.unhandled;
    else {
      this.#current = undefined;
      this.#reused = true;
      // An idle worker does not keep this process alive.
      this.#worker.unref();
      idle = this;
      if ('failed' in message) current.reject(new Error(message.failed));
      else current.resolve(message.outcome);
    }
  }

  /** @param {number} code */
  #onExit(code) {
    if (idle === this) idle = undefined;
    const current = this.#current;
    this.#current = undefined;
    if (current?.unhandled) {
      const { scenario, events, unhandled, resolve } = current;
      resolve(processEnded(scenario, events, unhandled, code));
    } else if (!current || (this.#reused && current.events.length === 0)) {
      // It ended between two runs: that is not an error of either.
      if (this.#error) console.error('A worker thread ended between runs:', this.#error);
      current?.resolve(undefined);
    } else {
      current.reject(this.#error ?? new Error('the worker thread ended during the run'));
    }
  }
}

/**
 * Completes a run that ended its process.
 * @param {Scenario<any>} scenario
 * @param {Event[]} events
 * @param {UnhandledRejection} unhandled
 * @param {number} code
 * @returns {Promise<Outcome>}
 */
async function processEnded({ contract, createWorld }, events, { at_ms, error }, code) {
  const { caller } = contract;
  const seq = events.length;
  events.push(
    { seq, at_ms, task: caller, kind: 'js.unhandled-rejection', error },
    { seq: seq + 1, at_ms, task: caller, kind: 'process-ended', code },
  );
  const lab = new Lab(virtualBackend());
  createWorld(lab);
  const world = await lab.state();
  for (const event of events) apply(world, event);
  return { events, end: { ending: 'process', world, left: [] } };
}
