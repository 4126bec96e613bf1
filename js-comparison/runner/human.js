// The runner for a person alone: run one program, read what happened.

import { catalogue } from '../index.js';
import { lines, run } from './answer.js';
import { nearest } from './nearest.js';
import { request } from './request.js';

const HELP = `\
Runs one JavaScript program of droppoint, cancels it, and tells what happened.

  node runner/main.js save-file/naive              run to the end
  node runner/main.js save-file/naive --cut 510ms  the client leaves at 510 ms
  node runner/main.js list                         what there is to run

Options
  --cut WHEN   none        run to the end (the default)
               at-once     call, and abort in the same breath
               510ms       at this virtual instant, after all that is due then
               after-effect-2
                           with --real: in the turn after the caller's second
                           change of the world
  --real       the machine's clock and a real folder, made for the run
               (save-file only)
  --ndjson     the run as lines of the protocol (docs/protocol.md)
  --serve      requests on standard input, runs on standard output; alone
  --help       this text

What a cut is: the AbortSignal that the program was given is aborted; where the
program cancels by itself, the event that makes it do so happens. The caller is
called "a". Once it has its answer or has left, "b" and "c", if there are such,
do the same and are never cut. This tells facts; the verdict is droppoint's
(just compare).

Try
  node runner/main.js save-file/signal-write --cut 5ms
  node runner/main.js save-file/signal-finally --cut 5ms
`;

const OPTIONS = ['--cut', '--real', '--ndjson', '--serve', '--help'];

/** What was asked for makes no sense: exit code 2. */
class BadUsage extends Error {}

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function human(args) {
  try {
    process.stdout.write(await said(args));
    return 0;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const more = error instanceof BadUsage
      ? '\nTry `node runner/main.js --help`.'
      : '';
    process.stderr.write(`${text}${more}\n`);
    return error instanceof BadUsage ? 2 : 1;
  }
}

/**
 * @param {string[]} args
 * @returns {Promise<string>}
 */
async function said(args) {
  const { names, cut, real, ndjson, help } = parseArgs(args);
  if (help) return HELP;
  const [name] = names;
  if (name === undefined) throw new BadUsage('Which program?');
  if (names.length > 1) throw new BadUsage(`One program at a time: ${names[1]}`);
  if (name === 'list') return list();

  const [scenario, variant] = program(name);
  const mode = real ? 'real' : 'virtual';
  let asked;
  try {
    asked = request({ scenario, variant, cut, mode });
  } catch (error) {
    throw new BadUsage(/** @type {Error} */ (error).message);
  }
  const outcome = await run(asked);
  if (ndjson) return lines(asked, outcome);
  const { account, coloursFor } = await import('./account.js');
  return account(asked, outcome, coloursFor(process.stdout, process.env));
}

/** @param {string[]} args */
function parseArgs(args) {
  const found = {
    names: /** @type {string[]} */ ([]),
    cut: 'none', real: false, ndjson: false, help: false,
  };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [, option, value] = /^(--?[^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (option === '--cut') {
      const when = value ?? rest.shift();
      if (when === undefined) throw new BadUsage('--cut needs an instant: 510ms');
      found.cut = when;
    } else if (arg === '--real') found.real = true;
    else if (arg === '--ndjson') found.ndjson = true;
    else if (arg === '--help' || arg === '-h') found.help = true;
    else if (arg === '--serve') throw new BadUsage('--serve stands alone');
    else if (option !== undefined) throw unknown('option', arg, OPTIONS);
    else found.names.push(arg);
  }
  return found;
}

/**
 * @param {string} name `save-file/naive`
 * @returns {[string, string]}
 */
function program(name) {
  const [id, variant, ...more] = name.split('/');
  const scenario = catalogue.get(id);
  const everything = [...catalogue.values()].flatMap((it) =>
    Object.keys(it.variants).map((one) => `${it.id}/${one}`));
  if (!scenario || more.length > 0) {
    throw unknown('program', name, ['list', ...catalogue.keys(), ...everything]);
  }
  const variants = Object.keys(scenario.variants);
  if (variant === undefined) {
    throw new BadUsage(`Which variant of ${id}? There are\n${
      variants.map((one) => `  ${id}/${one}\n`).join('')}`.trimEnd());
  }
  if (!variants.includes(variant)) throw unknown('program', name, everything);
  return [id, variant];
}

/**
 * @param {string} what
 * @param {string} given
 * @param {string[]} known
 */
function unknown(what, given, known) {
  // Somebody who writes `js/naive`, or `naive` alone, has the name right.
  const last = given.split('/').at(-1);
  const near = nearest(given, known)
    ?? known.find((it) => it.endsWith(`/${last}`));
  const hint = near ? `Did you mean \`${near}\`?` : '';
  return new BadUsage(`There is no ${what} \`${given}\`. ${hint}`.trimEnd());
}

function list() {
  return [...catalogue.values()].map(({ id, variants }) =>
    Object.keys(variants).map((name) => `${id}/${name}\n`).join('')).join('');
}
