// The Go programs: megabytes of WebAssembly, loaded on request, on a page that
// offers them.
//
// Each run has its own worker and instance. No state is left for the next run, and a
// run that hangs is terminated.

import { fetched, forbidden, FORBIDDEN } from './load.js';

const NAME = 'The Go programs';

/** Longer than any run: virtual time takes no real time. */
const TIMEOUT_MS = 20_000;

/**
 * Where a page has the Go programs.
 * @typedef {object} Offer
 * @property {URL} url of the WebAssembly
 * @property {URL} exec Go's own wasm_exec.js, of the tool chain that built it
 * @property {number} [size] its bytes, if that is known
 */

/** @typedef {(loaded: number, total: number | undefined) => void} OnProgress in bytes */

/**
 * @typedef {object} Load
 * @property {Promise<void>} done
 * @property {AbortController} giveUp
 * @property {Set<{ onProgress: OnProgress }>} waiting for it
 */

/** @typedef {'absent' | 'loadable' | 'loading' | 'ready'} GoState */

/** @type {Offer | undefined} */
let programOptions;
/** @type {{ module: WebAssembly.Module, exec: string } | undefined} */
let loaded;

/** Shared by all who ask at the same time. @type {Load | undefined} */
let load;

/**
 * Says where the Go programs are. A page that never says so has none.
 * @param {Offer} offer
 */
export function offerGo(offer) {
  programOptions = offer;
}

/** @returns {GoState} */
export function goState() {
  if (loaded) return 'ready';
  if (load) return 'loading';
  return programOptions ? 'loadable' : 'absent';
}

/**
 * Loads the Go programs, once for all callers. It is aborted when all of them have
 * aborted.
 * @param {OnProgress} onProgress
 * @param {AbortSignal} [signal] gives up
 * @returns {Promise<void>}
 */
export async function loadGo(onProgress, signal) {
  if (loaded) return;
  if (!programOptions) throw new Error(`${NAME} are not on this page.`);
  signal?.throwIfAborted();
  const mine = (load ??= begin(programOptions));
  const me = { onProgress };
  mine.waiting.add(me);
  try {
    await orAborted(mine.done, signal);
  } finally {
    mine.waiting.delete(me);
    if (mine.waiting.size === 0 && load === mine) {
      load = undefined;
      mine.giveUp.abort();
    }
  }
}

/**
 * @param {Offer} offer
 * @returns {Load}
 */
function begin({ url, exec, size }) {
  const giveUp = new AbortController();
  /** @type {Load['waiting']} */
  const waiting = new Set();
  const { signal } = giveUp;
  const done = (async () => {
    if (await forbidden()) throw new Error(`${NAME} cannot run here: ${FORBIDDEN}.`);
    const bytes = await fetched(url, NAME, {
      signal,
      size,
      onProgress: (...step) => waiting.forEach(({ onProgress }) => onProgress(...step)),
    });
    const module = await compile(bytes);
    const found = { module, exec: exec.href };
    // The page may not allow workers: tries one.
    await asked(found, '{}');
    signal.throwIfAborted();
    loaded = found;
  })();
  // Callers get the error from loadGo; there may be none left.
  done.catch(() => {});
  return { done, giveUp, waiting };
}

/**
 * @param {Promise<void>} done
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
function orAborted(done, signal) {
  if (!signal) return done;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    done.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/**
 * Runs a Go program.
 * @param {string} scenario
 * @param {string} variant
 * @param {string} cut
 * @returns {Promise<string>} the lines of the run
 */
export async function run(scenario, variant, cut) {
  if (!loaded) throw new Error(`${NAME} are not loaded yet.`);
  return asked(loaded, JSON.stringify({ scenario, variant, cut }));
}

/**
 * @param {{ module: WebAssembly.Module, exec: string }} programs
 * @param {string} request
 * @returns {Promise<string>}
 */
async function asked(programs, request) {
  const worker = new Worker(new URL('./go-worker.js', import.meta.url), { type: 'module' });
  try {
    return await answer(worker, { ...programs, request });
  } finally {
    worker.terminate();
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function compile(bytes) {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw new Error(`${NAME} are damaged: reload the page.`, { cause: error });
  }
}

/**
 * @param {Worker} worker
 * @param {{ module: WebAssembly.Module, exec: string, request: string }} message
 * @returns {Promise<string>}
 */
function answer(worker, message) {
  return new Promise((resolve, reject) => {
    const failed = (/** @type {string} */ why) => reject(new Error(why));
    const late = setTimeout(() => {
      failed(`The Go program gave no answer within ${TIMEOUT_MS / 1000} s.`);
    }, TIMEOUT_MS);
    worker.onmessage = ({ data }) => {
      clearTimeout(late);
      if ('lines' in data) resolve(data.lines);
      else failed(data.error);
    };
    worker.onerror = (event) => {
      // The error is reported here, not by the handlers of the page.
      event.preventDefault();
      clearTimeout(late);
      failed(`The worker for the Go programs could not start${
        event.message ? ` (${event.message})` : ''}.`);
    };
    worker.postMessage(message);
  });
}
