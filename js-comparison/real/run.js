// Real time: the same programs with the real clock and a temporary folder, which
// is removed after the run.

import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { drive } from '../lab/drive.js';
import { RealDisk } from './disk.js';
import { Pending } from './pending.js';

/** @import { Cut } from '../lab/cut.js' */
/** @import { Scenario } from '../lab/scenario.js' */
/** @import { Backend, Outcome } from '../lab/types.js' */

/** Signals that end a process by default. @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** Retries: a pending write may create its file again. */
const REMOVAL = { recursive: true, force: true, maxRetries: 10, retryDelay: 10 };

/**
 * Runs one variant under one cut in real time.
 * @template P
 * @param {Scenario<P>} scenario
 * @param {string} variant
 * @param {Cut} cut
 * @returns {Promise<Outcome>}
 * @throws {Error} if there is no such variant, or no such cut in real time
 */
export async function runReal(scenario, variant, cut) {
  const folder = await mkdtemp(join(tmpdir(), 'droppoint-'));
  const stopWatching = removeAtExit(folder);
  try {
    return await drive(scenario, variant, cut, realBackend(folder));
  } finally {
    await rm(folder, REMOVAL);
    stopWatching();
  }
}

/**
 * @param {string} folder
 * @returns {Backend}
 */
function realBackend(folder) {
  const pending = new Pending();
  return {
    mode: 'real',
    now: () => 0,
    sleep: () => (ms, value, options) =>
      pending.track(sleep(ms, /** @type {any} */ (value), options)),
    interval: () => {
      throw new Error('no intervals in real time');
    },
    after: (ms, callback) => pending.then(sleep(ms), callback),

    plan(cut, callback, onEffect) {
      if (cut.kind !== 'after-effect') {
        throw new Error(`no ${cut.kind} in real time`);
      }
      let count = 0;
      onEffect(() => {
        count += 1;
        // In the turn of the event loop after the effect.
        if (count === cut.n) pending.then(new Promise(setImmediate), callback);
      });
    },

    disk: (recorder, place) => new RealDisk(folder, pending, recorder, place),
    run: () => pending.quiet(),
    left: () => [],
  };
}

/**
 * Removes the folder if the process ends during the run: by an error of the
 * program, or by Ctrl-C.
 * @param {string} folder
 * @returns {() => void} removes the listeners
 */
function removeAtExit(folder) {
  const onExit = () => rmSync(folder, REMOVAL);
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    onExit();
    removeListeners();
    // Without a listener, the signal ends the process.
    process.kill(process.pid, signal);
  };
  const removeListeners = () => {
    process.off('exit', onExit);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.on('exit', onExit);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return removeListeners;
}
