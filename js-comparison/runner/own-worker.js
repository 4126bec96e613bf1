// The thread in which a run may end its process.

import { parentPort } from 'node:worker_threads';

import { catalogue, parseCut } from '../index.js';
import { drive } from '../lab/drive.js';
import { virtualArm } from '../lab/virtual.js';

/** @import { Said } from './own.js' */

/** @param {Said} said */
const say = (said) => parentPort?.postMessage(said);

let now = () => 0;

// It only watches: Node goes on to end the process, which here is the thread.
process.on('uncaughtExceptionMonitor', (error, origin) => {
  if (origin !== 'unhandledRejection') return;
  say({ unhandled: { at_ms: now(), error: error.message } });
});

parentPort?.on('message', ({ scenario: id, variant, cut }) => {
  const scenario = /** @type {import('../lab/types.js').Scenario<any>} */ (
    catalogue.get(id)
  );
  const arm = virtualArm();
  ({ now } = arm);
  drive(scenario, variant, parseCut(cut), arm, (event) => say({ event })).then(
    (outcome) => say({ outcome }),
    (error) => say({ failed: error.message }),
  );
});
