// Three callers who start an endless worker, leaving before and after its end.
//
// a.1 ticks at 10, 20, …; a works until 34; the watch ends at 55.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { answers, effects, of, runsOf, scenarioOf, waits } from './support/run.js';

const run = runsOf('detach');
const VARIANTS = Object.keys(scenarioOf('detach').variants);

const TIMER = [{ what: 'timer', name: 'a.1' }];

/**
 * The first ticks.
 * @param {number} n
 */
const ticks = (n) => [10, 20, 30, 40, 50].slice(0, n)
  .map((at) => `${at} a.1 ticks change 1`);

test('nobody leaves: stopped at 34, or never', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'none');
    const stays = variant === 'floating';
    assert.deepEqual(answers(events), ['34 a worked'], variant);
    assert.deepEqual(effects(events), ticks(stays ? 5 : 3), variant);
    assert.deepEqual(end, {
      ending: stays ? 'horizon' : 'quiet',
      world: { ticks: { number: stays ? 5 : 3 } },
      left: stays ? TIMER : [],
    }, variant);
    assert.deepEqual(waits(events).slice(0, 4), [
      '0 a.1 begun 2', '0 a begun 1', '10 a.1 ended 2', '10 a.1 begun 2',
    ], variant);
    // Only `signal` waits for its worker.
    const both = variant === 'signal' ? ['34 a.1', '34 a'] : ['34 a', '34 a.1'];
    assert.deepEqual(of(events, 'task-finished'), stays ? ['34 a'] : both, variant);
  }
});

test('the client leaves before 34: only `signal` stops the worker', async () => {
  for (const [cut, at, done] of /** @type {const} */ ([
    ['at-once', 0, 0], ['5ms', 5, 0], ['15ms', 15, 1], ['32ms', 32, 3],
  ])) {
    for (const variant of VARIANTS) {
      const { events, end } = await run(variant, cut);
      const stays = variant !== 'signal';
      assert.deepEqual(answers(events), [], variant);
      assert.deepEqual(of(events, 'cancel-noticed'), [`${at} a`], variant);
      assert.deepEqual(of(events, 'task-finished'),
        [...stays ? [] : [`${at} a.1`], `${at} a`], `${variant} ${cut}`);
      assert.deepEqual(effects(events), ticks(stays ? 5 : done), variant);
      assert.deepEqual(end.left, stays ? TIMER : [], variant);
      assert.equal(end.ending, stays ? 'horizon' : 'quiet', variant);
    }
  }
});

test('the client leaves when it has its answer: nothing changes', async () => {
  for (const variant of VARIANTS) {
    const [late, uncut] = [await run(variant, '45ms'), await run(variant, 'none')];
    assert.deepEqual(late.end, uncut.end, variant);
    assert.deepEqual(answers(late.events), answers(uncut.events), variant);
  }
});
