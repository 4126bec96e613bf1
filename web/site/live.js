// The chunk that runs programs in the page. The element loads the same one:
// what is loaded for it is loaded for the page, and the other way round.

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
