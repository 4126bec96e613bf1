// The runner in a terminal.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { test } from 'node:test';

import { formatReport, useColors } from '../runner/report.js';
import { suggest } from '../suggest.js';
import {
  node, requestLine, run, RUNNER, saveFile, serve,
} from './support/run.js';

/** @param {string[]} args */
const cli = (...args) => node([RUNNER, ...args]);

test('prints a run as a report', async () => {
  const { code, out, err } =
    await cli('save-file/signal-write', '--cut', '5ms');
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^save-file\/signal-write, cut: 5ms\nvirtual time, Node /);
  assert.match(out, /^ {4}5 ms {2}a {2}--- cut: its signal is aborted ---$/m);
  assert.match(out, /^ {10}a {2}disk: a is torn$/m);
  assert.match(out, /^ {4}disk {2}a \(torn\), b \(whole\), c \(whole\)$/m);
  assert.ok(!out.includes('\x1b'), 'no colors in a pipe');
  assert.ok(out.split('\n').every((line) => line.length <= 72));
});

test('colors on a terminal, unless NO_COLOR is set', async () => {
  assert.equal(useColors({ isTTY: true }, {}), true);
  assert.equal(useColors({ isTTY: true }, { NO_COLOR: '' }), true);
  assert.equal(useColors({ isTTY: true }, { NO_COLOR: '1' }), false);
  assert.equal(useColors({}, {}), false);

  const outcome = await run('naive', '5ms');
  const text = (/** @type {boolean} */ colors) => formatReport({
    scenario: saveFile, variant: 'naive', cut: { kind: 'instant', ms: 5 },
    mode: 'virtual',
  }, outcome, colors);
  const [bold, plain] = ['\x1b[1m', '\x1b[22m'];
  assert.ok(text(true).startsWith(`${bold}save-file/naive, cut: 5ms${plain}\n`));
  // Nothing is said by color alone.
  assert.equal(
    text(true).replaceAll(bold, '').replaceAll(plain, ''), text(false));
});

test('of equally similar names the first is suggested', () => {
  assert.equal(suggest('aa', ['ab', 'ac']), 'ab');
  assert.equal(suggest('a', ['xyz']), undefined);
});

test('--ndjson prints the lines of the protocol', async () => {
  const { out } = await cli('--ndjson', 'save-file/naive', '--cut=510ms');
  assert.equal(out, (await serve(requestLine({ cut: '510ms' }))).out);
});

test('--real, list and --help', async () => {
  const real = await cli('save-file/naive', '--real');
  assert.match(real.out, /^real time, Node /m);
  const list = await cli('list');
  assert.match(list.out, /^save-file\/naive\nsave-file\/signal-checked\n/);
  const help = await cli('--help');
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
  [['save-file/naive', '--cutt', '5ms'], /Unknown option '--cutt'/],
  [['save-file/naive', '--cut'], /'--cut <value>' argument missing/],
  [['save-file/naive', '--cut', '5'], /invalid cut `5`/],
  [['save-file/naive', '--cut', 'after-effect-1'], /only real mode/],
  [['save-file/naive', 'save-file/shielded'], /One program at a time/],
  [['--serve', 'save-file/naive'], /--serve takes no other arguments/],
];

test('an invalid command line is exit code 2, with a suggestion', async () => {
  for (const [args, message] of BAD) {
    const { code, out, err } = await cli(...args);
    assert.deepEqual([code, out], [2, ''], args.join(' '));
    assert.match(err, message);
    assert.match(err, /--help/);
  }
});

test('an error of the output is one sentence', {
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
    assert.match(err, /^Cannot write to standard output: ENOSPC.*\n$/);
  }
});

test('when the reader closes the pipe, it ends without an error', async () => {
  const child = spawn(process.execPath, [RUNNER, '--serve']);
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
  // More than a pipe holds: the runner writes after the pipe is closed.
  child.stdin.on('error', () => {});
  child.stdin.end(requestLine({}).repeat(500));
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = await once(child, 'close');
  assert.deepEqual([code, err], [0, '']);
});
