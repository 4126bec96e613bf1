// The runner in a terminal: executes one run and prints a report.

import { parseArgs } from 'node:util';

import { contracts } from '../load.js';
import { suggest } from '../suggest.js';
import { createRequest } from './request.js';
import { formatLines, run } from './run.js';

const HELP = `\
Runs one JavaScript program of droppoint, cancels it, and prints what happened.

  node runner/main.js save-file/naive              run to the end
  node runner/main.js save-file/naive --cut 510ms  the client leaves at 510 ms
  node runner/main.js list                         list the programs

Options
  --cut WHEN   none        run to the end (the default)
               at-once     call the program, and abort before anything else
               510ms       at this virtual instant, after all that is due then
               after-effect-2
                           with --real: in the turn after the caller's second
                           change of the world
  --real       use the real clock and a temporary folder (save-file only)
  --ndjson     print the run as lines of the protocol (docs/protocol.md)
  --serve      read requests from standard input, write runs to standard output
  --help       print this text

A cut aborts the AbortSignal that the program is given; where the program
cancels by itself, it triggers the event that makes the program do so. The
caller is task "a". When it is answered or has left, tasks "b" and "c", if there
are any, call the same program and are never cut. The report shows facts only;
for verdicts run \`just compare\`.

Examples
  node runner/main.js save-file/signal-write --cut 5ms
  node runner/main.js save-file/signal-finally --cut 5ms
`;

/** An invalid command line: exit code 2. */
class UsageError extends Error {}

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function cli(args) {
  try {
    process.stdout.write(await output(args));
    return 0;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const isUsage = error instanceof UsageError;
    const help = isUsage ? '\nTry `node runner/main.js --help`.' : '';
    process.stderr.write(`${text}${help}\n`);
    return isUsage ? 2 : 1;
  }
}

/**
 * @param {string[]} args
 * @returns {Promise<string>}
 */
async function output(args) {
  const { values, positionals } = parse(args);
  if (values.help) return HELP;
  if (values.serve) throw new UsageError('--serve takes no other arguments');
  const [program, ...rest] = positionals;
  if (program === undefined) throw new UsageError('Which program?');
  if (rest.length > 0) throw new UsageError(`One program at a time: ${rest[0]}`);
  if (program === 'list') return programs().map((name) => `${name}\n`).join('');

  const request = await requestOf(program, values);
  const outcome = await run(request);
  if (values.ndjson) return formatLines(request, outcome);
  const { formatReport, useColors } = await import('./report.js');
  return formatReport(request, outcome, useColors(process.stdout, process.env));
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        cut: { type: 'string' },
        real: { type: 'boolean' },
        ndjson: { type: 'boolean' },
        serve: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {string} program `save-file/naive`
 * @param {{ cut?: string, real?: boolean }} options
 */
async function requestOf(program, { cut = 'none', real = false }) {
  const [scenario, variant, ...rest] = program.split('/');
  const contract = contracts.get(scenario);
  if (!contract || rest.length > 0) throw unknownProgram(program);
  const names = contract.variants.map(({ name }) => name);
  if (variant === undefined) {
    throw new UsageError(`Which variant of ${scenario}? There are\n${
      names.map((name) => `  ${scenario}/${name}`).join('\n')}`);
  }
  if (!names.includes(variant)) throw unknownProgram(program);
  try {
    const mode = real ? 'real' : 'virtual';
    return await createRequest({ scenario, variant, cut, mode });
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}

/** @param {string} name */
function unknownProgram(name) {
  const known = ['list', ...contracts.keys(), ...programs()];
  // `js/naive` and `naive` have the right variant.
  const variant = name.split('/').at(-1);
  const near = suggest(name, known)
    ?? known.find((it) => it.endsWith(`/${variant}`));
  const hint = near ? ` Did you mean \`${near}\`?` : '';
  return new UsageError(`There is no program \`${name}\`.${hint}`);
}

function programs() {
  return [...contracts].flatMap(([id, { variants }]) =>
    variants.map(({ name }) => `${id}/${name}`));
}
