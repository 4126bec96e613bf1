// All scenarios that exist in JavaScript, by id.

import { saveFile } from './save-file.js';

/** @import { Scenario } from '../lab/types.js' */

/** @type {ReadonlyMap<string, Scenario<any>>} */
export const catalogue = new Map([saveFile].map((it) => [it.id, it]));
