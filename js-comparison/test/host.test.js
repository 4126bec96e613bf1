// A run fires none of the host's error handlers. Node's own are the strictest
// there are, so: a process of its own, with a listener for each of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ownProcess } from '../lab/program.js';
import { allCells } from './support/cells.js';
import { node } from './support/run.js';

const CELLS = await allCells((...it) => !ownProcess(...it));

const PROGRAM = `
  const fired = [];
  for (const name of ['uncaughtException', 'unhandledRejection',
    'rejectionHandled', 'warning']) {
    process.on(name, (what) => fired.push(name + ': ' + what));
  }
  const { catalogue, parseCut, runVirtual } = await import(process.argv[1]);
  const { runReal } = await import(process.argv[2]);
  let runs = 0;
  for (const { scenario, variant, cut } of JSON.parse(process.argv[3])) {
    await runVirtual(catalogue.get(scenario), variant, parseCut(cut));
    runs += 1;
  }
  const saveFile = catalogue.get('save-file');
  for (const variant of Object.keys(saveFile.variants)) {
    await runReal(saveFile, variant, parseCut('after-effect-1'));
  }
  // Rejections are looked at between turns of the event loop.
  await new Promise(setImmediate);
  if (process.argv[4]) Promise.reject(new Error('planted'));
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
  // That it ends at all shows that no port and no timer was left open.
  assert.deepEqual([code, err], [0, '']);
  return JSON.parse(out);
}

test('no handler fires, and the process ends by itself', async () => {
  const { runs, fired } = await hostOf();
  assert.deepEqual(fired, []);
  assert.equal(runs, CELLS.length);
});

test('planted fault: the listeners would have heard it', async () => {
  const { fired } = await hostOf('plant');
  assert.deepEqual(fired, ['unhandledRejection: Error: planted']);
});

const REJECTS = `
  const { Clock } = await import(process.argv[1]);
  const clock = new Clock();
  const seen = [];
  process.on('unhandledRejection', () => seen.push('unhandled at ' + clock.now));
  clock.set(1, () => { Promise.reject(new Error('planted')); });
  clock.set(1, () => seen.push('next alarm'));
  await clock.run(Infinity);
  console.log(seen.join(', '));
`;

test('a macrotask passes between two alarms', async () => {
  // Node speaks of an unhandled rejection at the end of a macrotask: it has to
  // be heard before the next alarm, even one of the same instant.
  const clock = new URL('../lab/clock.js', import.meta.url).href;
  const { out } = await node(['--input-type=module', '--eval', REJECTS, clock]);
  assert.equal(out, 'unhandled at 1, next alarm\n');
});
