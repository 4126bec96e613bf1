import assert from 'node:assert/strict';
import { test } from 'node:test';

import { loadScenario } from '../index.js';
import { Queue } from '../lab/queue.js';
import { Recorder } from '../lab/recorder.js';

const { programs } = await loadScenario('receive');

/**
 * Runs a program, with heartbeats, messages and the abort in a given order.
 * @param {string} variant
 * @param {('beat' | 'push' | 'abort')[]} order all in one turn of the event loop
 */
async function inOneTurn(variant, order) {
  const controller = new AbortController();
  const queue = new Queue(new Recorder(() => 0), 'queue');
  const passed = new Set();
  let beat = () => {};
  /** @param {number} _ms @param {unknown} value @param {{ signal: AbortSignal }} o */
  const setInterval = (_ms, value, { signal }) => ({
    next: () => new Promise((resolve, reject) => {
      beat = () => resolve({ done: false, value });
      signal.addEventListener('abort', () => reject(signal.reason));
    }),
    return: async () => {},
  });
  const returned = programs[variant]({
    at: (/** @type {number} */ _step, /** @type {unknown} */ it) => it,
    sleep: async () => {}, setInterval, inbox: queue.for('a'), passed,
  }, { signal: controller.signal }).catch(() => {});
  const events = {
    beat: () => beat(),
    push: () => queue.push('sender', 'm'),
    abort: () => controller.abort(),
  };
  for (const event of order) events[event]();
  queue.close();
  await returned;
  return { passed: [...passed], waiting: queue.state().queue };
}

test('signal-take loses no message, whatever happens in the same turn', async () => {
  for (const order of /** @type {('beat' | 'push' | 'abort')[][]} */ ([
    ['beat', 'push'], ['push', 'beat'], ['push', 'abort'],
    ['beat', 'push', 'abort'], ['push', 'beat', 'abort'],
  ])) {
    assert.deepEqual(await inOneTurn('signal-take', order),
      { passed: ['m'], waiting: [] }, order.join());
    // kept-next does lose it: the test can fail.
    if (order.includes('abort')) {
      assert.deepEqual(await inOneTurn('kept-next', order),
        { passed: [], waiting: [] }, order.join());
    }
  }
  for (const order of /** @type {('beat' | 'push' | 'abort')[][]} */ ([
    ['abort', 'push'], ['beat', 'abort', 'push'], ['abort', 'beat', 'push'],
  ])) {
    assert.deepEqual(await inOneTurn('signal-take', order),
      { passed: [], waiting: ['m'] }, order.join());
  }
});
