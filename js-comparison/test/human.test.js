// The runner as a person meets it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { test } from 'node:test';

import { account, coloursFor } from '../runner/account.js';
import { nearest } from '../runner/nearest.js';
import {
  node, requestLine, run, RUNNER, saveFile, serve,
} from './support/run.js';

/** @param {string[]} args */
const human = (...args) => node([RUNNER, ...args]);

test('tells a run as an account', async () => {
  const { code, out, err } =
    await human('save-file/signal-write', '--cut', '5ms');
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^save-file\/signal-write, cut: 5ms\nvirtual time, Node /);
  assert.match(out, /^ {4}5 ms {2}a {2}--- cut: its signal is aborted ---$/m);
  assert.match(out, /^ {10}a {2}disk: a is torn$/m);
  assert.match(out, /^ {4}disk {2}a \(torn\), b \(whole\), c \(whole\)$/m);
  assert.ok(!out.includes('\x1b'), 'no colours into a pipe');
  assert.ok(out.split('\n').every((line) => line.length <= 72));
});

test('colours for a terminal, unless NO_COLOR says otherwise', async () => {
  assert.equal(coloursFor({ isTTY: true }, {}), true);
  assert.equal(coloursFor({ isTTY: true }, { NO_COLOR: '' }), true);
  assert.equal(coloursFor({ isTTY: true }, { NO_COLOR: '1' }), false);
  assert.equal(coloursFor({}, {}), false);

  const outcome = await run('naive', '5ms');
  const text = (/** @type {boolean} */ colours) => account({
    scenario: saveFile, variant: 'naive', cut: { kind: 'at', ms: 5 },
    mode: 'virtual',
  }, outcome, colours);
  const [bold, plain] = ['\x1b[1m', '\x1b[22m'];
  assert.ok(text(true).startsWith(`${bold}save-file/naive, cut: 5ms${plain}\n`));
  // Colours repeat what is there: without them nothing is missing.
  assert.equal(
    text(true).replaceAll(bold, '').replaceAll(plain, ''), text(false));
});

test('the nearest of equally near names is the first', () => {
  assert.equal(nearest('aa', ['ab', 'ac']), 'ab');
  assert.equal(nearest('a', ['xyz']), undefined);
});

test('--ndjson gives the bytes of the protocol', async () => {
  const { out } = await human('--ndjson', 'save-file/naive', '--cut=510ms');
  assert.equal(out, (await serve(requestLine({ cut: '510ms' }))).out);
});

test('--real, list and --help', async () => {
  const real = await human('save-file/naive', '--real');
  assert.match(real.out, /^real time, Node /m);
  const list = await human('list');
  assert.match(list.out, /^save-file\/naive\nsave-file\/signal-checked\n/);
  const help = await human('--help');
  assert.match(help.out, /--cut WHEN/);
  assert.ok(help.out.split('\n').every((line) => line.length <= 80));
  assert.deepEqual([real.code, list.code, help.code], [0, 0, 0]);
});

/** @type {[string[], RegExp][]} */
const BAD = [
  [[], /^Which program\?/],
  [['save-file'], /^Which variant of save-file\? There are\n {2}save-file\/naive/],
  [['save-file/naiv'], /Did you mean `save-file\/naive`\?/],
  [['save-fil/naive'], /Did you mean `save-file\/naive`\?/],
  [['save-fil'], /Did you mean `save-file`\?/],
  [['lsit'], /Did you mean `list`\?/],
  [['js/shielded'], /Did you mean `save-file\/shielded`\?/],
  [['naive'], /Did you mean `save-file\/naive`\?/],
  [['zzzzzzzz'], /^There is no program `zzzzzzzz`\.\n/],
  [['save-file/naive', '--cutt', '5ms'], /Did you mean `--cut`\?/],
  [['save-file/naive', '--cut'], /needs an instant/],
  [['save-file/naive', '--cut', '5'], /`5` is no cut/],
  [['save-file/naive', '--cut', 'after-effect-1'], /only real mode/],
  [['save-file/naive', 'save-file/shielded'], /One program at a time/],
  [['--serve', 'save-file/naive'], /--serve stands alone/],
];

test('bad usage is 2, with the nearest name', async () => {
  for (const [args, message] of BAD) {
    const { code, out, err } = await human(...args);
    assert.deepEqual([code, out], [2, ''], args.join(' '));
    assert.match(err, message);
    assert.match(err, /--help/);
  }
});

test('an output that takes nothing is said in a sentence', {
  skip: existsSync('/dev/full') ? false : 'this system has no /dev/full',
}, async () => {
  for (const args of [['list'], ['save-file/naive'], ['--serve']]) {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [RUNNER, ...args], {
      stdio: ['pipe', full, 'pipe'],
    });
    closeSync(full);
    let err = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => { err += text; });
    child.stdin?.on('error', () => {});
    child.stdin?.end(requestLine({}).repeat(2));
    const [code] = await once(child, 'close');
    assert.equal(code, 1);
    assert.match(err, /^Standard output cannot be written to: ENOSPC.*\n$/);
  }
});

test('a reader that closes the pipe ends it quietly', async () => {
  const child = spawn(process.execPath, [RUNNER, '--serve']);
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
  // More than a pipe holds: the runner has to write after the reader left.
  child.stdin.on('error', () => {});
  child.stdin.end(requestLine({}).repeat(500));
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = await once(child, 'close');
  assert.deepEqual([code, err], [0, '']);
});
