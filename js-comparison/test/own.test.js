// Runs that may end their process, and what Node itself does in their place.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { catalogue, parseCut, runVirtual } from '../index.js';
import { ownProcess } from '../lab/program.js';
import { runInWorker } from '../runner/own.js';
import { node, requestLine, scenarioOf, serve } from './support/run.js';

const ROOT = new URL('../', import.meta.url).href;
const scenario = scenarioOf('lost-error');
const mode = 'virtual';

/** @param {string} program */
const evaluate = (program) => node(['--input-type=module', '--eval', program, ROOT]);

test('Node: a rejection that nobody handles ends the process with 1', async () => {
  const { code, out, err } = await evaluate(`
    setTimeout(() => console.log('timer'), 20);
    void Promise.reject(new Error('disk full'));
    await null;
    console.log('this turn still ends');
  `);
  assert.deepEqual([code, out], [1, 'this turn still ends\n']);
  assert.match(err, /Error: disk full/);
});

test('Node: process.exit leaves pending timers undone', async () => {
  const { code, out } = await evaluate(`
    setTimeout(() => console.log('timer'), 1);
    try {
      process.exit(0);
    } finally {
      console.log('behind exit');
    }
  `);
  assert.deepEqual([code, out], [0, '']);
});

test('Node: a pending timer keeps it alive after main has returned', async () => {
  const { code, out } = await evaluate(`
    const main = async () => {
      setTimeout(() => console.log('timer'), 20);
    };
    await main();
    console.log('main has returned');
  `);
  assert.deepEqual([code, out], [0, 'main has returned\ntimer\n']);
});

test('Node: a signal to which nobody listens ends it, timers or not', async () => {
  const { code, out } = await evaluate(`
    setTimeout(() => console.log('timer'), 2 ** 31 - 1);
    process.kill(process.pid, 'SIGTERM');
  `);
  assert.deepEqual([code, out], [null, '']);
});

test('a page refuses them, in a sentence', async () => {
  const own = [...catalogue.values()].flatMap((it) =>
    Object.keys(it.variants).filter((variant) => ownProcess(it, variant))
      .map((variant) => ({ it, variant })));
  assert.ok(own.length > 0);
  for (const { it, variant } of own) {
    await assert.rejects(runVirtual(it, variant, { kind: 'none' }), {
      message: `${it.id}/${variant} ends the process that it runs in: `
        + 'it cannot be run in a page, only by the runner',
    });
  }
});

test('after one that ended its process, the next goes on', async () => {
  const lines = ['10ms', 'none', 'none', 'at-once', '30ms'].map((cut) =>
    requestLine({ scenario: 'lost-error', variant: 'floating', cut }));
  const { code, out, err } = await serve(lines.join('') + requestLine({}));
  // The runner itself has lived through all of them, and has said nothing.
  assert.deepEqual([code, err], [0, '']);
  const endings = out.split('\n').filter((line) => line.includes('"kind":"end"'))
    .map((line) => JSON.parse(line).ending);
  assert.deepEqual(endings,
    ['process', 'quiet', 'quiet', 'process', 'quiet', 'quiet']);
});

test('one thread until it is gone; no handler of the runner fires', async () => {
  const { code, out, err } = await evaluate(`
    const fired = [];
    for (const name of ['uncaughtException', 'unhandledRejection',
      'uncaughtExceptionMonitor', 'rejectionHandled', 'warning']) {
      process.on(name, (what) => fired.push(name + ': ' + what));
    }
    let threads = 0;
    process.on('worker', () => { threads += 1; });
    const root = process.argv[1];
    const { run } = await import(root + 'runner/answer.js');
    const { request } = await import(root + 'runner/request.js');
    for (const cut of ['none', '30ms', '5ms', '5ms', 'none']) {
      const { end } = await run(request({
        scenario: 'lost-error', variant: 'floating', cut, mode: 'virtual',
      }));
      console.log(end.ending, threads);
    }
    await new Promise(setImmediate);
    console.log(JSON.stringify(fired));
  `);
  assert.deepEqual([code, err], [0, '']);
  assert.equal(out,
    'quiet 1\nquiet 1\nprocess 1\nprocess 2\nquiet 3\n[]\n');
});

test('a run that fails is an error, and the thread lives on', async () => {
  const variant = 'floating';
  await assert.rejects(
    runInWorker({ scenario, variant, cut: parseCut('after-effect-1'), mode }),
    /^Error: no after-effect in virtual time$/);
  const { end } = await runInWorker({
    scenario, variant, cut: parseCut('none'), mode,
  });
  assert.equal(end.ending, 'quiet');
});
