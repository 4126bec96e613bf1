// A program that ends the process of the runner, and a signal that does: the output
// names the run, and the folder is removed.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

/** Runs one of these programs as the runner does. */
const PROGRAM = `
  const [root, variant, cut, mode] = process.argv.slice(1);
  const { parseCut } = await import(root + 'index.js');
  const { run } = await import(root + 'runner/run.js');
  const { madeUp } = await import(root + 'test/support/run.js');
  const programs = {
    async floating({ fs }) {
      void fs.rm('no such file');
    },
    async listener({ signal }) {
      signal.addEventListener('abort', () => {
        throw new Error('in the listener');
      });
    },
    async exit() {
      process.exit(3);
    },
    async waiting({ fs, sleep }) {
      await fs.writeFile('a', 'text');
      console.error('waits');
      await sleep(2 ** 31 - 1);
    },
  };
  const scenario = madeUp(programs[variant], (lab) => {
    const disk = lab.disk('disk');
    return {
      call: (program, { name, sleep }, signal) =>
        program({ fs: disk.for(name), sleep, signal }),
    };
  });
  await run({ scenario, variant: 'only', cut: parseCut(cut), mode });
`;

/** @type {string} */
let parent;
before(async () => {
  parent = await mkdtemp(join(tmpdir(), 'droppoint-test-'));
});
after(() => rm(parent, { recursive: true }));
beforeEach(async () => assert.deepEqual(await readdir(parent), []));

/** @param {string[]} args */
function start(...args) {
  const child = spawn(process.execPath, [
    '--input-type=module', '--eval', PROGRAM, new URL('../', import.meta.url).href,
    ...args,
  ], { env: { ...process.env, TMPDIR: parent } });
  const output = { child, err: '' };
  child.stderr.setEncoding('utf8').on('data', (text) => { output.err += text; });
  return output;
}

/** @type {[string[], number, RegExp][]} */
const ENDINGS = [
  [['floating', 'none', 'virtual'], 1, /ENOENT: .*lstat 'no such file'/],
  // The real disk counts pending operations: it must not handle the rejection.
  [['floating', 'none', 'real'], 1, /ENOENT: .*lstat/],
  [['listener', '5ms', 'virtual'], 1, /Error: in the listener/],
  [['exit', 'none', 'real'], 3, /^/],
];

test('a program that ends the process: the run is named, the folder removed', async () => {
  for (const [args, expected, why] of ENDINGS) {
    const output = start(...args);
    const [code] = await once(output.child, 'close');
    assert.equal(code, expected, args.join(' '));
    assert.match(output.err, why);
    const [, cut, mode] = args;
    const run = `The process ended with ${expected} during made-up/only, `
      + `cut ${cut}, ${mode} time.\n`;
    assert.ok(output.err.includes(run), output.err);
    assert.deepEqual(await readdir(parent), [], args.join(' '));
  }
});

test('a signal ends the process, and the folder is removed', async () => {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    const output = start('waiting', 'none', 'real');
    await once(output.child.stderr, 'data');
    assert.equal((await readdir(parent)).length, 1);
    output.child.kill(signal);
    assert.deepEqual(await once(output.child, 'close'), [null, signal]);
    assert.deepEqual(await readdir(parent), []);
  }
});
