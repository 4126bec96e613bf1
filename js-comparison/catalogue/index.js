// All scenarios that exist in JavaScript, by id.

import { detach } from './detach.js';
import { futurelock } from './futurelock.js';
import { gracefulStop } from './graceful-stop.js';
import { lostError } from './lost-error.js';
import { pollByHand } from './poll-by-hand.js';
import { receive } from './receive.js';
import { saveFile } from './save-file.js';
import { shutdown } from './shutdown.js';
import { tryJoin } from './try-join.js';

/** @import { Scenario } from '../lab/types.js' */

/** @type {ReadonlyMap<string, Scenario<any>>} */
export const catalogue = new Map([
  saveFile,
  receive,
  pollByHand,
  futurelock,
  detach,
  lostError,
  shutdown,
  gracefulStop,
  tryJoin,
].map((it) => [it.id, /** @type {Scenario<any>} */ (it)]));
