// Four transfers, with the deposit refused before and after the withdrawal.
//
// a.1 deposits and is accepted at 12, a.2 withdraws at 8; giving back takes 2.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { answers, effects, of, runsOf, scenarioOf, waits } from './support/run.js';

const run = runsOf('try-join');
const VARIANTS = Object.keys(scenarioOf('try-join').variants);

/** @param {number} payer @param {number} payee */
const accounts = (payer, payee) =>
  ({ payer: { number: payer }, payee: { number: payee } });

test('accepted: both halves, at once', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'none');
    assert.deepEqual(effects(events),
      ['8 a.2 payer change -10', '12 a.1 payee change 10'], variant);
    assert.deepEqual(waits(events), [
      '0 a.1 begun 2', '0 a.2 begun 1', '8 a.2 ended 1', '12 a.1 ended 2',
    ], variant);
    assert.deepEqual(answers(events), ['12 a paid'], variant);
    assert.deepEqual(end, {
      ending: 'quiet', left: [], world: accounts(-10, 10),
    }, variant);
  }
});

test('refused before the withdrawal', async () => {
  for (const [cut, at] of /** @type {const} */ ([['at-once', 0], ['4ms', 4]])) {
    for (const [variant, told, done] of /** @type {const} */ ([
      // The caller is told at once, and the money goes all the same.
      ['all', at, ['8 a.2 payer change -10']],
      ['all-settled', 8, ['8 a.2 payer change -10']],
      ['all-signal', at, []],
      ['undo', 10, ['8 a.2 payer change -10', '10 a payer change 10']],
    ])) {
      const { events, end } = await run(variant, cut);
      assert.deepEqual(answers(events), [`${told} a refused`], variant);
      assert.deepEqual(effects(events), done, variant);
      assert.deepEqual(end.left, [], variant);
    }
  }
});

test('refused after the withdrawal: only undo takes it back', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, '10ms');
    const undone = variant === 'undo';
    assert.deepEqual(answers(events), [`${undone ? 12 : 10} a refused`], variant);
    assert.deepEqual(end.world, accounts(undone ? 0 : -10, 0), variant);
  }
});

test('giving back is step 3, by the caller', async () => {
  const { events } = await run('undo', '10ms');
  assert.deepEqual(waits(events).slice(-2), ['10 a begun 3', '12 a ended 3']);
});

test('all: the other half outlives its caller', async () => {
  const { events } = await run('all', '4ms');
  assert.deepEqual(of(events, 'task-finished'), ['4 a.1', '4 a', '8 a.2']);
});

test('all-signal: the other half is over with its caller', async () => {
  const { events, end } = await run('all-signal', '4ms');
  assert.deepEqual(of(events, 'task-finished').sort(), ['4 a', '4 a.1', '4 a.2']);
  assert.deepEqual(end.world, accounts(0, 0));
});

test('refused when it was accepted: nothing changes', async () => {
  for (const variant of VARIANTS) {
    const [late, uncut] = [await run(variant, '17ms'), await run(variant, 'none')];
    assert.deepEqual(late.end, uncut.end, variant);
    assert.deepEqual(answers(late.events), answers(uncut.events), variant);
  }
});
