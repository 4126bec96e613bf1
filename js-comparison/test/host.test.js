// A run calls no error handler of its host. These tests run all cells in a Node
// process with a listener for each of Node's error events.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { variantOf } from '../lab/scenario.js';
import { allCells } from './support/cells.js';
import { node } from './support/run.js';

const CELLS = await allCells((...it) => variantOf(...it).in_page !== false);

const PROGRAM = `
  const fired = [];
  for (const name of ['uncaughtException', 'unhandledRejection',
    'rejectionHandled', 'warning']) {
    process.on(name, (value) => fired.push(name + ': ' + value));
  }
  const { loadScenario, parseCut, runVirtual } = await import(process.argv[1]);
  const { runReal } = await import(process.argv[2]);
  let runs = 0;
  for (const { scenario, variant, cut } of JSON.parse(process.argv[3])) {
    await runVirtual(await loadScenario(scenario), variant, parseCut(cut));
    runs += 1;
  }
  const saveFile = await loadScenario('save-file');
  for (const variant of Object.keys(saveFile.programs)) {
    await runReal(saveFile, variant, parseCut('after-effect-1'));
  }
  // Unhandled rejections are reported between turns of the event loop.
  await new Promise(setImmediate);
  if (process.argv[4]) Promise.reject(new Error('unhandled'));
  await new Promise(setImmediate);
  console.log(JSON.stringify({ runs, fired }));
`;

/** @param {string[]} more */
async function hostOf(...more) {
  const { code, out, err } = await node([
    '--input-type=module', '--eval', PROGRAM,
    new URL('../index.js', import.meta.url).href,
    new URL('../real/run.js', import.meta.url).href,
    JSON.stringify(CELLS), ...more,
  ]);
  // It ends by itself: no port and no timer is left open.
  assert.deepEqual([code, err], [0, '']);
  return JSON.parse(out);
}

test('no error handler is called, and the process ends by itself', async () => {
  const { runs, fired } = await hostOf();
  assert.deepEqual(fired, []);
  assert.equal(runs, CELLS.length);
});

test('the listeners do notice an unhandled rejection', async () => {
  const { fired } = await hostOf('with a rejection');
  assert.deepEqual(fired, ['unhandledRejection: Error: unhandled']);
});

const REJECTS = `
  const { Clock } = await import(process.argv[1]);
  const clock = new Clock();
  const seen = [];
  process.on('unhandledRejection', () => seen.push('unhandled at ' + clock.now));
  clock.setTimer(1, () => { Promise.reject(new Error('unhandled')); });
  clock.setTimer(1, () => seen.push('next timer'));
  await clock.run(Infinity);
  console.log(seen.join(', '));
`;

test('a macrotask passes between two timers', async () => {
  // Node reports an unhandled rejection at the end of a macrotask. That has to come
  // before the next timer, even one of the same instant.
  const clock = new URL('../lab/clock.js', import.meta.url).href;
  const { out } = await node(['--input-type=module', '--eval', REJECTS, clock]);
  assert.equal(out, 'unhandled at 1, next timer\n');
});
