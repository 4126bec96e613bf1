// The worker thread in which a run may end its process.

import { parentPort } from 'node:worker_threads';

import { loadScenario, parseCut } from '../index.js';
import { drive } from '../lab/drive.js';
import { virtualBackend } from '../lab/virtual.js';

/** @import { WorkerMessage } from './worker-run.js' */

/** @param {WorkerMessage} message */
const send = (message) => parentPort?.postMessage(message);

let now = () => 0;

// A monitor only watches: Node still ends the process, which here is the thread.
process.on('uncaughtExceptionMonitor', (error, origin) => {
  if (origin !== 'unhandledRejection') return;
  send({ unhandled: { at_ms: now(), error: error.message } });
});

parentPort?.on('message', (message) => {
  run(message).then(
    (outcome) => send({ outcome }),
    (error) => send({ failed: error.message }),
  );
});

/** @param {{ id: string, variant: string, cut: string }} message */
async function run({ id, variant, cut }) {
  const scenario = await loadScenario(id);
  const backend = virtualBackend();
  ({ now } = backend);
  return drive(scenario, variant, parseCut(cut), backend,
    (event) => send({ event }));
}
