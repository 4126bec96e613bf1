// The command line, with the same options in all three languages.

import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { contractOf } from '../load.js';
import { suggest } from '../suggest.js';
import { StartError } from './start-error.js';

const VARIANTS = contractOf('save-file').variants.map(({ name }) => name);

export const HELP = `\
Saves files over HTTP, by the JavaScript programs of the scenario save-file.

  node store/main.js --dir DIR [OPTIONS]

Options
  --variant NAME      how a file is saved [default: naive]
                      ${VARIANTS.join(', ')}
  --dir DIR           the folder of the files; created if it is missing
  --host ADDRESS      the address to listen on [default: 127.0.0.1]
  --port N            the port; 0 is any free one [default: 0]
  --quota N           the most files that it holds, from 1, or none [default: 2]
  --lag MS            how long step (3) of a save takes [default: 1000]
  --body-timeout MS   how long a body may take to arrive [default: 10000]
  --max-body BYTES    the most bytes of a body [default: 8388608]
  --steps             record when each step of a save begins, for GET /steps
  --help              print this text

Nothing is synced. An acknowledged save survives kill -9 of the store, since the
kernel has its bytes; it may not survive a power failure.

On SIGTERM or SIGINT the store accepts no new connections and finishes every
save that it has accepted. A second signal ends it at once.

One folder belongs to one store at a time, whatever its language.
`;

/**
 * @typedef {object} Options
 * @property {string} variant
 * @property {string} dir an absolute path
 * @property {string} host
 * @property {number} port
 * @property {number} quota Infinity: none
 * @property {number} lag ms
 * @property {number} bodyTimeout ms
 * @property {number} maxBody bytes
 * @property {boolean} steps
 */

/** The longest timeout of `setTimeout`, in ms. */
const MAX_MS = 2 ** 31 - 1;

/**
 * @param {string[]} args
 * @returns {Options | 'help'}
 * @throws {StartError} that names the option and its values
 */
export function parseOptions(args) {
  const { help, ...given } = parse(args);
  if (help) return 'help';
  const { variant = 'naive', dir, host = '127.0.0.1', quota = '2', steps = false } = given;
  if (!VARIANTS.includes(variant)) {
    const near = suggest(variant, VARIANTS);
    throw usageError(`there is no variant '${variant}'${near ? `; did you mean '${near}'?` : ''}\nThere are ${VARIANTS.join(', ')}.`);
  }
  if (!dir) throw usageError('--dir is missing: the folder of the files');
  return {
    variant, host, steps,
    dir: resolve(dir),
    port: integer('port', given.port ?? '0', 0, 65_535),
    quota: quota === 'none' ? Infinity : integer('quota', quota, 1, Number.MAX_SAFE_INTEGER, ', or none'),
    lag: integer('lag', given.lag ?? '1000', 0, MAX_MS),
    bodyTimeout: integer('body-timeout', given['body-timeout'] ?? '10000', 1, MAX_MS),
    maxBody: integer('max-body', given['max-body'] ?? '8388608', 0, Number.MAX_SAFE_INTEGER),
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    const text = /** @type {const} */ ({ type: 'string' });
    const flag = /** @type {const} */ ({ type: 'boolean' });
    return parseArgs({
      args,
      options: {
        'variant': text, 'dir': text, 'host': text, 'port': text,
        'quota': text, 'lag': text, 'body-timeout': text, 'max-body': text,
        'steps': flag, 'help': flag,
      },
    }).values;
  } catch (error) {
    throw usageError(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} min
 * @param {number} max
 * @param {string} or other values
 */
function integer(name, text, min, max, or = '') {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw usageError(`--${name} takes a whole number from ${min} to ${max}${or}, not '${text}'`);
}

/** @param {string} message */
function usageError(message) {
  return new StartError(`${message}\nTry --help.`, 2);
}
