import assert from 'node:assert/strict';
import { test } from 'node:test';

import { loadScenario } from '../index.js';

const { programs } = await loadScenario('shutdown');

test('exit-drained: the exit code tells whether a job failed', async () => {
  for (const [failing, code] of /** @type {const} */ ([[[], 0], [['2'], 1]])) {
    const coming = ['1', '2'];
    const finished = new Set();
    /** @type {number[]} */
    const codes = [];
    const env = {
      at: (/** @type {number} */ _step, /** @type {unknown} */ it) => it,
      sleep: async () => {},
      accept: async () => coming.shift(),
      finished: {
        add(/** @type {string} */ job) {
          if (failing.some((it) => it === job)) throw new Error(`job ${job}`);
          finished.add(job);
        },
      },
      exit: (/** @type {number} */ it) => codes.push(it),
      task: (/** @type {(_: unknown) => unknown} */ start) => start(env),
    };
    await programs['exit-drained'](env);
    assert.deepEqual(codes, [code]);
    assert.deepEqual([...finished], ['1', '2'].filter((it) => it !== failing[0]));
  }
});
