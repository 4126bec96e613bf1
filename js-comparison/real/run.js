// Real time: the same scenario code on the machine's clock and a folder of the
// real disk, which is made for one run and removed after it.

import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { drive } from '../lab/drive.js';
import { RealDisk } from './disk.js';
import { Pending } from './pending.js';

/** @import { Cut } from '../lab/cut.js' */
/** @import { Arm, Outcome, Scenario } from '../lab/types.js' */

/** What ends a process that does not listen. @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** A write may be under way and put a file back: again, then. */
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
  const forget = removeAtTheEnd(folder);
  try {
    return await drive(scenario, variant, cut, realArm(folder));
  } finally {
    await rm(folder, REMOVAL);
    forget();
  }
}

/**
 * @param {string} folder
 * @returns {Arm}
 */
function realArm(folder) {
  const pending = new Pending();
  return {
    mode: 'real',
    now: () => 0,
    sleep: () => (ms, value, options) =>
      pending.track(sleep(ms, /** @type {any} */ (value), options)),
    interval: () => {
      throw new Error('no intervals in real time');
    },
    after: (ms, go) => pending.then(sleep(ms), go),

    plan(cut, go, onEffect) {
      if (cut.kind !== 'after-effect') {
        throw new Error(`no ${cut.kind} in real time`);
      }
      let seen = 0;
      onEffect(() => {
        seen += 1;
        // The first turn of the event loop that follows the effect.
        if (seen === cut.n) pending.then(new Promise(setImmediate), go);
      });
    },

    disk: (recorder, place) => new RealDisk(folder, pending, recorder, place),
    run: () => pending.quiet(),
    left: () => [],
  };
}

/**
 * Leaves no folder behind when the process ends in the middle of the run: by
 * an error of the program, or by Ctrl-C.
 * @param {string} folder
 * @returns {() => void} call it when the folder is gone
 */
function removeAtTheEnd(folder) {
  const onExit = () => rmSync(folder, REMOVAL);
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    onExit();
    forget();
    // And then die of the signal, as if nobody had listened.
    process.kill(process.pid, signal);
  };
  const forget = () => {
    process.off('exit', onExit);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.on('exit', onExit);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return forget;
}
