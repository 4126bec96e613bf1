// Three programs, given up in a round and between two.
//
// A round writes the ledger at 0, the mirror at 6, and pauses until 10; the next
// begins at 10, 20, 30 and 40. So the uncut job is over at 50.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseCut, runVirtual } from '../index.js';
import { answers, effects, of, runsOf, scenarioOf, waits } from './support/run.js';

const scenario = scenarioOf('graceful-stop');
const run = runsOf('graceful-stop');
const VARIANTS = Object.keys(scenario.variants);
const WITH_SIGNAL = ['signal-inside', 'signal-each-round'];

/**
 * The entries of the first rounds.
 * @param {number} n
 */
const entries = (n) => ({ set: ['1', '2', '3', '4', '5'].slice(0, n) });

test('nobody gives up: five rounds of two writes', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'none');
    assert.deepEqual(effects(events), [1, 2, 3, 4, 5].flatMap((round) => [
      `${10 * round - 10} a ledger add ${round}`,
      `${10 * round - 4} a mirror add ${round}`,
    ]), variant);
    assert.deepEqual(answers(events), ['50 a 5 rounds'], variant);
    assert.deepEqual(waits(events).slice(0, 5), [
      '0 a begun 1', '6 a ended 1', '6 a begun 2', '10 a ended 2', '10 a begun 1',
    ], variant);
    assert.deepEqual([end.ending, end.left], ['quiet', []], variant);
  }
});

test('no-signal does all five rounds, whenever it is given up', async () => {
  for (const cut of ['at-once', '3ms', '8ms', '33ms', '48ms']) {
    const { events, end } = await run('no-signal', cut);
    assert.deepEqual(answers(events), ['50 a 5 rounds'], cut);
    assert.deepEqual(of(events, 'cancel-noticed'), [], cut);
    assert.deepEqual(end.world, { ledger: entries(5), mirror: entries(5) }, cut);
  }
});

test('given up in (1): signal-inside stops half-way', async () => {
  for (const [cut, at, rounds] of /** @type {const} */ ([
    ['at-once', 0, 1], ['3ms', 3, 1], ['13ms', 13, 2], ['43ms', 43, 5],
  ])) {
    const { events, end } = await run('signal-inside', cut);
    assert.deepEqual(answers(events), [`${at} a AbortError`], cut);
    assert.deepEqual(of(events, 'cancel-noticed'), [`${at} a`], cut);
    assert.deepEqual(end.world,
      { ledger: entries(rounds), mirror: entries(rounds - 1) }, cut);
    assert.deepEqual(end.left, [], cut);
  }
});

test('given up in (1): signal-each-round ends the round first', async () => {
  for (const [cut, at, rounds] of /** @type {const} */ ([
    ['at-once', 6, 1], ['3ms', 6, 1], ['13ms', 16, 2], ['43ms', 46, 5],
  ])) {
    const { events, end } = await run('signal-each-round', cut);
    // It does not begin the pause: its signal is aborted already.
    assert.deepEqual(answers(events), [`${at} a AbortError`], cut);
    assert.deepEqual(end.world,
      { ledger: entries(rounds), mirror: entries(rounds) }, cut);
  }
});

test('given up in (2): both stop at once, and tidily', async () => {
  for (const variant of WITH_SIGNAL) {
    for (const [cut, rounds] of /** @type {const} */ ([
      ['8ms', 1], ['18ms', 2], ['48ms', 5],
    ])) {
      const { events, end } = await run(variant, cut);
      assert.deepEqual(answers(events), [`${cut.slice(0, -2)} a AbortError`]);
      assert.deepEqual(end.world,
        { ledger: entries(rounds), mirror: entries(rounds) }, variant);
      assert.deepEqual(end.left, []);
    }
  }
});

test('given up before the call: only signal-each-round writes nothing',
  async () => {
    for (const [variant, written] of /** @type {const} */ ([
      ['no-signal', 5], ['signal-inside', 1], ['signal-each-round', 0],
    ])) {
      const program = scenario.variants[variant];
      const early = (/** @type {unknown} */ env) =>
        program(env, { signal: AbortSignal.abort() });
      const { end } = await runVirtual(
        { ...scenario, variants: { early } }, 'early', parseCut('none'));
      assert.deepEqual(end.world.ledger, entries(written), variant);
    }
  });

test('given up when it is over: nothing changes', async () => {
  for (const variant of VARIANTS) {
    const [late, uncut] = [await run(variant, '55ms'), await run(variant, 'none')];
    assert.deepEqual(answers(late.events), answers(uncut.events), variant);
    assert.deepEqual(late.end, uncut.end, variant);
  }
});
