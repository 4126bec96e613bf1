// The Rust programs and the judge: one WebAssembly instance for the page.
//
// A panic traps and leaves memory in an unknown state. Such an instance is discarded,
// and the next call gets a new one.

import init, * as wasm from '../pkg/droppoint.js';
import { fetched, forbidden, FORBIDDEN } from './load.js';

const NAME = 'The Rust programs';

/** The version of the protocol that this script speaks. */
const SCHEMA = '1';

/** @typedef {typeof wasm} Api */

/** @type {Promise<void> | undefined} */
let loading;

/**
 * Loads the programs, once for all who ask. After a failure the next to ask
 * tries again.
 * @returns {Promise<void>}
 */
export function ready() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * Calls one of the functions, when they are there.
 * @template T
 * @param {(api: Api) => T} use
 * @returns {Promise<T>}
 */
export async function call(use) {
  await ready();
  try {
    return use(wasm);
  } catch (error) {
    if (!isTrap(error)) throw error;
    wasm.restart();
    throw new Error(
      `The program crashed (${error.message}).`,
      { cause: error },
    );
  }
}

/**
 * Runs a Rust program.
 * @param {string} scenario
 * @param {string} variant
 * @param {string} cut
 * @returns {Promise<string>} the lines of the run
 */
export function run(scenario, variant, cut) {
  return call((api) => api.run(scenario, variant, cut));
}

async function load() {
  if (await forbidden()) throw new Error(`${NAME} cannot run here: ${FORBIDDEN}.`);
  const url = new URL('../pkg/droppoint_bg.wasm', import.meta.url);
  const bytes = await fetched(url, NAME);
  try {
    await init({ module_or_path: await WebAssembly.compile(bytes) });
  } catch (error) {
    throw new Error(`${NAME} are damaged, or of another version than this page: reload it.`, {
      cause: error,
    });
  }
  const { schema } = wasm.versions();
  if (schema !== SCHEMA) {
    throw new Error(
      `${NAME} speak version ${schema} of the protocol and this page ${SCHEMA}: reload it.`,
    );
  }
}

/**
 * @param {unknown} error
 * @returns {error is Error}
 */
function isTrap(error) {
  // A stack overflow is a RangeError, and leaves memory in an unknown state, too.
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}
