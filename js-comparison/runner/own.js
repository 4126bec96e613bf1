// Runs that may end their process: in a worker thread, where the end of the
// process is the end of the thread.
//
// 1. The worker streams its events as they happen. When it is gone, this side
//    writes what it cannot write any more: what ended it, that the process ended,
//    and the world, which is what the effects add up to.
// 2. One worker serves one run after the other until it is gone.

import { Worker } from 'node:worker_threads';

import { formatCut } from '../index.js';
import { Lab } from '../lab/lab.js';
import { virtualArm } from '../lab/virtual.js';
import { apply } from './fold.js';

/** @import { Event } from '../lab/recorder.js' */
/** @import { Outcome, Scenario } from '../lab/types.js' */
/** @import { Request } from './request.js' */

/**
 * What a worker says: an event, what will end it at once, or how the run ended.
 * @typedef {{ event: Event } | { unhandled: { at_ms: number, error: string } }
 *   | { outcome: Outcome } | { failed: string }} Said
 */

const PROGRAM = new URL('own-worker.js', import.meta.url);

/** @type {Worker | undefined} */
let idle;

/**
 * @param {Request} request
 * @returns {Promise<Outcome>}
 */
export function runInWorker({ scenario, variant, cut }) {
  const worker = idle ?? new Worker(PROGRAM, {
    // As Node has it by default, however this process was started.
    execArgv: [],
  });
  idle = undefined;
  worker.ref();
  worker.postMessage({ scenario: scenario.id, variant, cut: formatCut(cut) });

  /** @type {Event[]} */
  const events = [];
  /** @type {{ at_ms: number, error: string } | undefined} */
  let unhandled;
  /** @type {unknown} */
  let fault = new Error('the thread of the run has ended before the run');
  return new Promise((resolve, reject) => {
    /** @param {Said} said */
    const onMessage = (said) => {
      if ('event' in said) events.push(said.event);
      else if ('unhandled' in said) unhandled = said.unhandled;
      else {
        letGo();
        idle = worker;
        if ('failed' in said) reject(new Error(said.failed));
        else resolve(said.outcome);
      }
    };
    /** @param {unknown} error */
    const onError = (error) => {
      fault = error;
    };
    /** @param {number} code */
    const onExit = (code) => {
      letGo();
      if (unhandled) resolve(ended(scenario, events, unhandled, code));
      else reject(fault);
    };
    const letGo = () => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      // A worker that waits for its next run does not keep this process alive.
      worker.unref();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

/**
 * Completes a run that ended its process.
 * @param {Scenario<any>} scenario
 * @param {Event[]} events
 * @param {{ at_ms: number, error: string }} unhandled
 * @param {number} code
 * @returns {Promise<Outcome>}
 */
async function ended({ caller, stage }, events, { at_ms, error }, code) {
  const seq = events.length;
  events.push(
    { seq, at_ms, task: caller, kind: 'js.unhandled-rejection', error },
    { seq: seq + 1, at_ms, task: caller, kind: 'process-ended', code },
  );
  const untouched = new Lab(virtualArm());
  stage(untouched);
  const world = await untouched.world();
  for (const event of events) apply(world, event);
  return { events, end: { ending: 'process', world, left: [] } };
}
