// The command line, with the same options in all three languages.

import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { contractOf } from '../load.js';
import { suggest } from '../suggest.js';
import { Trouble } from './trouble.js';

const VARIANTS = contractOf('save-file').variants.map(({ name }) => name);

export const HELP = `\
Saves files over HTTP, by the JavaScript programs of the scenario save-file.

  node store/main.js --dir DIR [OPTIONS]

Options
  --variant NAME      how a file is saved [default: naive]
                      ${VARIANTS.join(', ')}
  --dir DIR           the folder of the files; made if it is missing
  --host ADDRESS      on which address to listen [default: 127.0.0.1]
  --port N            on which port; 0 is any free one [default: 0]
  --quota N           how many files it may hold, from 1, or none [default: 2]
  --lag MS            how long step (3) of a save takes [default: 1000]
  --body-timeout MS   how long a body may take to arrive [default: 10000]
  --max-body BYTES    how many bytes a body may have [default: 8388608]
  --steps             keep when each step of a save began, for GET /steps
  --help              this text

What is synced: nothing. An acknowledged save survives the death of the store
(kill -9), since the kernel has its bytes; it may not survive a power cut.

SIGTERM or SIGINT: no new connection is accepted, every save that was accepted
is finished. A second one ends the store at once.
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

/** The longest that a timer of Node can be, in ms. */
const LONGEST = 2 ** 31 - 1;

/**
 * @param {string[]} args
 * @returns {Options | 'help'}
 * @throws {Trouble} naming the option and what it takes
 */
export function options(args) {
  const { help, ...given } = parsed(args);
  if (help) return 'help';
  const { variant = 'naive', dir, host = '127.0.0.1', quota = '2', steps = false } = given;
  if (!VARIANTS.includes(variant)) {
    const near = suggest(variant, VARIANTS);
    throw wrong(`there is no variant '${variant}'${near ? `; did you mean '${near}'?` : ''}\nThere are ${VARIANTS.join(', ')}.`);
  }
  if (!dir) throw wrong('--dir is missing: the folder of the files');
  return {
    variant, host, steps,
    dir: resolve(dir),
    port: whole('port', given.port ?? '0', 0, 65_535),
    quota: quota === 'none' ? Infinity : whole('quota', quota, 1, Number.MAX_SAFE_INTEGER, ', or none'),
    lag: whole('lag', given.lag ?? '1000', 0, LONGEST),
    bodyTimeout: whole('body-timeout', given['body-timeout'] ?? '10000', 1, LONGEST),
    maxBody: whole('max-body', given['max-body'] ?? '8388608', 0, Number.MAX_SAFE_INTEGER),
  };
}

/** @param {string[]} args */
function parsed(args) {
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
    throw wrong(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} least
 * @param {number} most
 * @param {string} or what else it may be
 */
function whole(name, text, least, most, or = '') {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw wrong(`--${name} takes a whole number from ${least} to ${most}${or}, and not '${text}'`);
}

/** @param {string} message */
function wrong(message) {
  return new Trouble(`${message}\nTry --help.`, 2);
}
