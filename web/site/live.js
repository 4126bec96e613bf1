// Loads the module that runs programs in the page, the same one that the element
// loads.

import { asset } from '../element/assets.js';

/** @typedef {typeof import('../live/index.js')} Live */

/** @type {Promise<Live> | undefined} */
let chunk;

/** @returns {Promise<Live>} */
export function live() {
  chunk ??= import(/* @vite-ignore */ asset('live.js')).catch((error) => {
    chunk = undefined;
    throw new Error('The programs could not be loaded: offline, or blocked by this page.', { cause: error });
  });
  return /** @type {Promise<Live>} */ (chunk);
}
