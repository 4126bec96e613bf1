// Three who wait for the bell that rings at 10.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';

import { parseCut, runVirtual } from '../index.js';
import { answers, effects, of, runsOf, scenarioOf, waits } from './support/run.js';

const scenario = scenarioOf('poll-by-hand');
const run = runsOf('poll-by-hand');
const VARIANTS = Object.keys(scenario.variants);

/** @param {string[]} set */
const registered = (...set) => ({ registrations: { set }, rung: { flag: true } });

test('nobody gives up: rung at 10, and off the list', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'none');
    assert.deepEqual(effects(events), [
      '0 a registrations add a', '10 bell rung raise',
      '10 a registrations remove a',
    ], variant);
    assert.deepEqual(waits(events), ['0 a begun 1', '10 a ended 1'], variant);
    assert.deepEqual(answers(events), ['10 a rung'], variant);
    assert.deepEqual(end,
      { ending: 'quiet', left: [], world: registered() }, variant);
  }
});

test('no-signal waits for the bell, given up or not', async () => {
  for (const cut of ['at-once', '5ms']) {
    const { events, end } = await run('no-signal', cut);
    assert.deepEqual(answers(events), ['10 a rung'], cut);
    assert.deepEqual(end.world, registered(), cut);
  }
});

test('given up: raced stays on the list, cleared does not', async () => {
  for (const [cut, at] of /** @type {const} */ ([['at-once', 0], ['5ms', 5]])) {
    for (const variant of ['raced', 'cleared']) {
      const { events, end } = await run(variant, cut);
      assert.deepEqual(answers(events), [`${at} a AbortError`], variant);
      assert.deepEqual(of(events, 'cancel-noticed'), [`${at} a`], variant);
      const stays = variant === 'raced';
      assert.deepEqual(effects(events), [
        '0 a registrations add a',
        ...stays ? [] : [`${at} a registrations remove a`],
        '10 bell rung raise',
      ], variant);
      assert.deepEqual(end.world, stays ? registered('a') : registered(), variant);
      assert.deepEqual(end.left, [], variant);
    }
  }
});

test('given up when the bell has rung: nothing changes', async () => {
  for (const variant of VARIANTS) {
    const [late, uncut] = [await run(variant, '15ms'), await run(variant, 'none')];
    assert.deepEqual(late.end, uncut.end, variant);
    assert.deepEqual(answers(late.events), answers(uncut.events), variant);
  }
});

/**
 * Runs a variant with a signal of the test's.
 * @param {string} variant
 * @param {AbortSignal} signal
 */
function withSignal(variant, signal) {
  const program = scenario.variants[variant];
  const given = (/** @type {unknown} */ env) => program(env, { signal });
  return runVirtual({ ...scenario, variants: { given } }, 'given', parseCut('none'));
}

test('given up before the call: nobody registers', async () => {
  for (const variant of ['raced', 'cleared']) {
    const { events } = await withSignal(variant, AbortSignal.abort());
    assert.deepEqual(effects(events), ['10 bell rung raise'], variant);
    assert.deepEqual(answers(events), ['0 a AbortError'], variant);
  }
});

test('cleared lets go of the signal as well, raced does not', async () => {
  for (const [variant, listeners] of /** @type {const} */ ([
    ['no-signal', 0], ['raced', 1], ['cleared', 0],
  ])) {
    const { signal } = new AbortController();
    await withSignal(variant, signal);
    assert.equal(getEventListeners(signal, 'abort').length, listeners, variant);
  }
});
