// A program that ends the process in the middle of its run, or is stopped by
// somebody: which run it was is said, and no folder stays behind.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

/** The runner with a scenario more, whose programs end the process. */
const PROGRAM = `
  const [root, ...args] = process.argv.slice(1);
  const { catalogue } = await import(root + 'index.js');
  const { human } = await import(root + 'runner/human.js');
  catalogue.set('planted', {
    id: 'planted', who: 'client', caller: 'a', probes: [], steps: {}, real: true,
    variants: {
      async floating(fs) {
        void fs.rm('no such file');
      },
      async listener(fs, sleep, signal) {
        signal.addEventListener('abort', () => {
          throw new Error('in the listener');
        });
      },
      async exit() {
        process.exit(3);
      },
      async waiting(fs, sleep) {
        await fs.writeFile('a', 'text');
        console.error('waits');
        await sleep(2 ** 31 - 1);
      },
      async endless(fs, sleep) {
        for (;;) await sleep(10);
      },
    },
    stage(lab) {
      const disk = lab.disk('disk');
      return {
        call: (program, task, signal) =>
          program(disk.for(task.name), task.sleep, signal),
      };
    },
  });
  process.exitCode = await human(args);
`;

/** @type {string} */
let place;
before(async () => {
  place = await mkdtemp(join(tmpdir(), 'droppoint-test-'));
});
after(() => rm(place, { recursive: true }));
beforeEach(async () => assert.deepEqual(await readdir(place), []));

/** @param {string[]} args */
function start(...args) {
  const child = spawn(process.execPath, [
    '--input-type=module', '--eval', PROGRAM, new URL('../', import.meta.url).href,
    ...args,
  ], { env: { ...process.env, TMPDIR: place } });
  const said = { child, err: '' };
  child.stderr.setEncoding('utf8').on('data', (text) => { said.err += text; });
  return said;
}

/** @type {[string[], number, RegExp, string][]} */
const ENDINGS = [
  [['planted/floating'], 1, /ENOENT: .*lstat 'no such file'/, 'cut none, virtual'],
  // The real disk keeps count of what is under way: it must not thereby handle
  // a rejection that the program forgot.
  [['planted/floating', '--real'], 1, /ENOENT: .*lstat/, 'cut none, real'],
  [['planted/listener', '--cut', '5ms'], 1, /Error: in the listener/,
    'cut 5ms, virtual'],
  [['planted/exit', '--real'], 3, /^/, 'cut none, real'],
];

test('a program that ends the process: which run, and no folder', async () => {
  for (const [args, expected, why, where] of ENDINGS) {
    const said = start(...args);
    const [code] = await once(said.child, 'close');
    assert.equal(code, expected, args.join(' '));
    assert.match(said.err, why);
    const run = `The process ended with ${expected} in the middle of ${args[0]}, `
      + `${where} time.\n`;
    assert.ok(said.err.includes(run), said.err);
    assert.deepEqual(await readdir(place), [], args.join(' '));
  }
});

test('a run that fails is 1, without the process ending early', async () => {
  const said = start('planted/endless', '--cut', '5ms');
  assert.deepEqual(await once(said.child, 'close'), [1, null]);
  assert.match(said.err,
    /^the run does not end: .* Its scenario needs a horizon\n$/);
});

test('stopped by a signal: it dies of it, and no folder stays', async () => {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    const said = start('planted/waiting', '--real');
    await once(said.child.stderr, 'data');
    assert.equal((await readdir(place)).length, 1);
    said.child.kill(signal);
    assert.deepEqual(await once(said.child, 'close'), [null, signal]);
    assert.deepEqual(await readdir(place), []);
  }
});
