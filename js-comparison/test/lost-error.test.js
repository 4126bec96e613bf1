// Five callers beside work that fails before it is done at 20, or does not.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseCut } from '../index.js';
import { run as runRequest } from '../runner/answer.js';
import { answers, effects, of, scenarioOf, waits } from './support/run.js';

const scenario = scenarioOf('lost-error');
const VARIANTS = Object.keys(scenario.variants);

/** @param {string} variant @param {string} cut */
const run = (variant, cut) =>
  runRequest({ scenario, variant, cut: parseCut(cut), mode: 'virtual' });

/** @param {string[]} made @param {string[]} taken */
const errors = (made, taken) => ({ made: { set: made }, taken: { set: taken } });

test('nothing fails: done at 25', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'none');
    assert.deepEqual(waits(events), [
      '0 a.1 begun 2', '0 a begun 1', '20 a.1 ended 2', '25 a ended 1',
    ], variant);
    assert.deepEqual(effects(events), [], variant);
    assert.deepEqual(answers(events), ['25 a done'], variant);
    assert.deepEqual(end,
      { ending: 'quiet', left: [], world: errors([], []) }, variant);
  }
});

const CUTS = /** @type {const} */ ([['at-once', 0], ['10ms', 10]]);

test('nobody looks: the caller says done, and knows of nothing', async () => {
  for (const variant of ['empty-catch', 'settled-unread']) {
    for (const [cut, at] of CUTS) {
      const { events, end } = await run(variant, cut);
      assert.deepEqual(effects(events), [`${at} a.1 made add disk full`], variant);
      assert.deepEqual(answers(events), ['25 a done'], variant);
      assert.deepEqual(end.world, errors(['disk full'], []), variant);
    }
  }
});

test('awaited: told at once, whatever else is under way', async () => {
  for (const [cut, at] of CUTS) {
    const { events, end } = await run('awaited', cut);
    assert.deepEqual(effects(events),
      [`${at} a.1 made add disk full`, `${at} a taken add disk full`]);
    assert.deepEqual(answers(events), [`${at} a disk full`]);
    assert.deepEqual(of(events, 'cancel-noticed'), []);
    assert.deepEqual(end.world, errors(['disk full'], ['disk full']));
    // Its own work is not stopped by that.
    assert.deepEqual(waits(events).at(-1), '25 a ended 1');
    assert.deepEqual(end.left, []);
  }
});

test('nobody is there in time: the process is gone, and the caller with it',
  async () => {
    for (const variant of ['floating', 'awaited-late']) {
      for (const [cut, at] of CUTS) {
        const { events, end } = await run(variant, cut);
        assert.deepEqual(effects(events), [`${at} a.1 made add disk full`], variant);
        assert.deepEqual(answers(events), [], variant);
        assert.deepEqual(
          events.slice(-3).map(({ at_ms, task, kind, error, code }) =>
            [at_ms, task, kind, error ?? code].join(' ').trim()),
          [`${at} a.1 task-finished`, `${at} a js.unhandled-rejection disk full`,
            `${at} a process-ended 1`], variant);
        assert.deepEqual(end, {
          ending: 'process', left: [], world: errors(['disk full'], []),
        }, variant);
      }
    }
  });

test('it fails when it is done: nothing changes', async () => {
  for (const variant of VARIANTS) {
    const uncut = await run(variant, 'none');
    for (const cut of ['22ms', '30ms']) {
      const late = await run(variant, cut);
      assert.deepEqual(late.end, uncut.end, variant);
      assert.deepEqual(answers(late.events), answers(uncut.events), variant);
    }
  }
});
