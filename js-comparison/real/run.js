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

/**
 * Runs one variant under one cut in real time.
 * @template P
 * @param {Scenario<P>} scenario
 * @param {string} variant
 * @param {Cut} cut
 * @returns {Promise<Outcome>}
 */
export async function runReal(scenario, variant, cut) {
  const folder = await mkdtemp(join(tmpdir(), 'droppoint-'));
  const forget = removeWhenKilled(folder);
  try {
    return await drive(
      scenario, scenario.variants[variant], cut, realArm(folder),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
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
 * Leaves no folder behind when somebody presses Ctrl-C.
 * @param {string} folder
 * @returns {() => void} call it when the folder is gone
 */
function removeWhenKilled(folder) {
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    rmSync(folder, { recursive: true, force: true });
    forget();
    // And then die of the signal, as if nobody had listened.
    process.kill(process.pid, signal);
  };
  const forget = () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return forget;
}
