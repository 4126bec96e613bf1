// Runs that may end their process, and what Node does to such a process.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { loadScenario, parseCut, runVirtual } from '../index.js';
import { runInWorker } from '../runner/worker-run.js';
import { node, requestLine, SCENARIOS, serve } from './support/run.js';

const ROOT = new URL('../', import.meta.url).href;
const scenario = await loadScenario('lost-error');
const mode = 'virtual';

/** @param {string} program @param {Record<string, string>} [env] */
const evaluate = (program, env) =>
  node(['--input-type=module', '--eval', program, ROOT], { env });

test('Node: an unhandled rejection ends the process with 1', async () => {
  const { code, out, err } = await evaluate(`
    setTimeout(() => console.log('timer'), 20);
    void Promise.reject(new Error('disk full'));
    await null;
    console.log('this turn still ends');
  `);
  assert.deepEqual([code, out], [1, 'this turn still ends\n']);
  assert.match(err, /Error: disk full/);
});

test('Node: process.exit does not wait for pending timers', async () => {
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

test('Node: a signal without a listener ends the process, pending timers or not', async () => {
  const { code, out } = await evaluate(`
    setTimeout(() => console.log('timer'), 2 ** 31 - 1);
    process.kill(process.pid, 'SIGTERM');
  `);
  assert.deepEqual([code, out], [null, '']);
});

test('a page does not run them', async () => {
  const found = SCENARIOS.flatMap((it) => it.contract.variants
    .filter(({ in_page }) => in_page === false)
    .map(({ name }) => ({ it, name })));
  assert.ok(found.length > 0);
  for (const { it, name } of found) {
    await assert.rejects(runVirtual(it, name, { kind: 'none' }), {
      message: `${it.id}/${name} may end its process: `
        + 'only the runner can run it, in a worker thread',
    });
  }
});

test('after a run that ended its process, the runner goes on', async () => {
  const lines = ['10ms', 'none', 'none', 'at-once', '30ms'].map((cut) =>
    requestLine({ scenario: 'lost-error', variant: 'floating', cut }));
  const { code, out, err } = await serve(lines.join('') + requestLine({}));
  assert.deepEqual([code, err], [0, '']);
  const endings = out.split('\n').filter((line) => line.includes('"kind":"end"'))
    .map((line) => JSON.parse(line).ending);
  assert.deepEqual(endings,
    ['process', 'quiet', 'quiet', 'process', 'quiet', 'quiet']);
});

test('one thread until it ends; no error handler of the runner is called', async () => {
  const { code, out, err } = await evaluate(`
    const fired = [];
    for (const name of ['uncaughtException', 'unhandledRejection',
      'uncaughtExceptionMonitor', 'rejectionHandled', 'warning']) {
      process.on(name, (value) => fired.push(name + ': ' + value));
    }
    let threads = 0;
    process.on('worker', () => { threads += 1; });
    const root = process.argv[1];
    const { run } = await import(root + 'runner/run.js');
    const { createRequest } = await import(root + 'runner/request.js');
    for (const cut of ['none', '30ms', '5ms', '5ms', 'none']) {
      const { end } = await run(await createRequest({
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

test('a run that fails is an error, and the worker goes on', async () => {
  const variant = 'floating';
  await assert.rejects(
    runInWorker({ scenario, variant, cut: parseCut('after-effect-1'), mode }),
    /^Error: no after-effect in virtual time$/);
  const { end } = await runInWorker({
    scenario, variant, cut: parseCut('none'), mode,
  });
  assert.equal(end.ending, 'quiet');
});

const FAILING = new URL('support/fail-on-message.js', import.meta.url).href;

/** How a thread ends between two runs, and what the runner prints. */
const ENDS = /** @type {[string, string, RegExp][]} */ ([
  ['with an error', "const fail = new BroadcastChannel('fail'); fail.postMessage(0); fail.close();", /too late/],
  ['without an error', 'void worker.terminate();', /^$/],
]);

for (const [how, end, printed] of ENDS) {
  for (const [when, wait] of [['before', 'worker.ref(); await exited;'], ['during', '']]) {
    test(`a worker that ends ${how} between runs, ${when} the next request`, async () => {
      const { code, out, err } = await evaluate(`
        let worker;
        process.on('worker', (it) => { worker = it; });
        const root = process.argv[1];
        const { run } = await import(root + 'runner/run.js');
        const { createRequest } = await import(root + 'runner/request.js');
        const request = await createRequest({
          scenario: 'lost-error', variant: 'floating', cut: 'none', mode: 'virtual',
        });
        await run(request);
        const exited = new Promise((resolve) => worker.on('exit', resolve));
        ${end}
        ${wait}
        console.log((await run(request)).end.ending);
      `, { NODE_OPTIONS: `--import=${FAILING}` });
      assert.deepEqual([code, out], [0, 'quiet\n'], err);
      assert.match(err, printed);
    });
  }
}
