// Two owners who stop waiting for work that stands in line or holds the lock.
//
// The holder has it from 0 to 10; a.1 asks at 4 and keeps it for 6.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Lab } from '../lab/lab.js';
import { virtualArm } from '../lab/virtual.js';
import { answers, effects, of, runsOf, scenarioOf, waits } from './support/run.js';

const run = runsOf('futurelock');
const VARIANTS = Object.keys(scenarioOf('futurelock').variants);

const HOLDER = ['0 holder lock raise holder', '10 holder lock lower holder'];

/** @param {number} at @param {number} until */
const first = (at, until) => [
  `${at} a.1 lock raise a.1`, `${until} a.1 done add first`,
  `${until} a.1 lock lower a.1`,
];

/** @param {number} at */
const other = (at) => [
  `${at} a lock raise a`, `${at} a done add other`, `${at} a lock lower a`,
];

test('the other arm is never ready: the first work is done at 16', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'none');
    assert.deepEqual(effects(events), [...HOLDER, ...first(10, 16)], variant);
    assert.deepEqual(waits(events), [
      '0 a.1 begun 1', '4 a.1 ended 1', '4 a.1 begun 2', '10 a.1 ended 2',
      '10 a.1 begun 3', '16 a.1 ended 3',
    ], variant);
    assert.deepEqual(answers(events), ['16 a first'], variant);
    assert.deepEqual([end.ending, end.left], ['quiet', []], variant);
  }
});

test('race, ready before a.1 is in line: the owner has it first', async () => {
  for (const cut of ['at-once', '2ms']) {
    const { events } = await run('race', cut);
    assert.deepEqual(effects(events),
      [...HOLDER, ...other(10), ...first(10, 16)], cut);
    // And waits for the first work, too.
    assert.deepEqual(answers(events), ['16 a other'], cut);
  }
});

test('race, ready when a.1 is in line or has it: a.1 goes on', async () => {
  for (const cut of ['7ms', '13ms']) {
    const { events, end } = await run('race', cut);
    assert.deepEqual(effects(events),
      [...HOLDER, ...first(10, 16), ...other(16)], cut);
    assert.deepEqual(answers(events), ['16 a other'], cut);
    const at = Number.parseInt(cut, 10);
    assert.deepEqual(waits(events).filter((it) => / a /.test(it)),
      [`${at} a begun 4`, '16 a ended 4'], cut);
    assert.deepEqual(end.world,
      { done: { set: ['first', 'other'] }, lock: { flag: false } }, cut);
  }
});

test('race-signal, ready before a.1 has it: a.1 leaves the line', async () => {
  for (const [cut, at, steps] of /** @type {const} */ ([
    ['at-once', 0, [1]], ['2ms', 2, [1]], ['7ms', 7, [1, 2]],
  ])) {
    const { events, end } = await run('race-signal', cut);
    assert.deepEqual(effects(events), [...HOLDER, ...other(10)], cut);
    assert.deepEqual(answers(events), ['10 a other'], cut);
    assert.ok(of(events, 'task-finished').includes(`${at} a.1`), cut);
    assert.deepEqual(waits(events).filter((it) => / a /.test(it)),
      [`${at} a begun 4`, '10 a ended 4'], cut);
    const begun = waits(events).filter((it) => it.includes('a.1 begun'));
    assert.deepEqual(begun.map((it) => Number(it.at(-1))), steps, cut);
    assert.deepEqual(end.world,
      { done: { set: ['other'] }, lock: { flag: false } }, cut);
  }
});

test('race-signal, ready when a.1 has it: a.1 unlocks', async () => {
  const { events } = await run('race-signal', '13ms');
  assert.deepEqual(effects(events), [
    ...HOLDER, '10 a.1 lock raise a.1', '13 a.1 lock lower a.1', ...other(13),
  ]);
  assert.deepEqual(answers(events), ['13 a other']);
});

test('ready when it is over: nothing changes', async () => {
  for (const variant of VARIANTS) {
    const [late, uncut] = [await run(variant, '21ms'), await run(variant, 'none')];
    assert.deepEqual(late.end, uncut.end, variant);
    assert.deepEqual(answers(late.events), answers(uncut.events), variant);
  }
});

test('the lock: who leaves the line is passed over, in its turn', async () => {
  const lab = new Lab(virtualArm());
  const lock = lab.lock('lock');
  const controller = new AbortController();
  const { signal } = controller;
  const unlock = await lock.for('a').acquire();
  const leaves = lock.for('b').acquire({ signal });
  const stays = lock.for('c').acquire({ signal: new AbortController().signal });
  controller.abort(new Error('enough'));
  await assert.rejects(leaves, /^Error: enough$/);
  await assert.rejects(lock.for('d').acquire({ signal }), /^Error: enough$/);
  assert.deepEqual(lock.state(), { flag: true });
  unlock();
  (await stays)();
  assert.deepEqual(effects(lab.recorder.events), [
    '0 a lock raise a', '0 a lock lower a', '0 c lock raise c', '0 c lock lower c',
  ]);
});

test('race-signal: the AbortError is no news, any other error is', async () => {
  /** @param {unknown} error what the first work ends with */
  const ended = (error) => {
    let fail = () => {};
    const first = new Promise((_, reject) => {
      fail = () => reject(error);
    });
    return scenarioOf('futurelock').variants['race-signal']({
      at: (/** @type {number} */ _step, /** @type {unknown} */ it) => it,
      task: () => first,
      other: Promise.resolve('other'),
      lock: {
        async acquire() {
          fail();
          return () => {};
        },
      },
      done: new Set(),
    });
  };
  assert.equal(await ended(AbortSignal.abort().reason), 'other');
  await assert.rejects(ended(new Error('disk full')), /disk full/);
});
