// `setInterval` of node:timers/promises, and the lab's: the same program uses both.
// Its result depends on the order of events, not on how long they take.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import * as timers from 'node:timers/promises';

import { Lab } from '../lab/lab.js';
import { virtualBackend } from '../lab/virtual.js';

/** @import { Interval, Sleep } from '../lab/types.js' */

/**
 * @param {Promise<IteratorResult<string, void>>} promise
 */
const settled = (promise) => promise.then(
  ({ done, value }) => (done ? 'done' : value),
  ({ name, code }) => `${name} ${code}`,
);

/**
 * What an interval of 5 ms yields.
 * @param {Interval} setInterval
 * @param {Sleep} sleep
 */
async function sequence(setInterval, sleep) {
  const controller = new AbortController();
  const { signal } = controller;
  const ticks = setInterval(5, 'tick', { signal });
  /** @type {string[]} */
  const results = [];
  const next = () => {
    const request = { settled: false };
    const done = settled(ticks.next()).then((result) => {
      request.settled = true;
      results.push(String(result));
    });
    return Object.assign(request, { done });
  };
  // A few microtasks, and no turn of the event loop.
  const microtasks = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };

  // It starts with the first call of next().
  await sleep(30);
  const first = next();
  await microtasks();
  results.push(`at once: ${first.settled}`);
  await first.done;
  // A value that is due already is yielded at once; the next one is not.
  await sleep(30);
  let late = next();
  await microtasks();
  results.push(`at once: ${late.settled}`);
  while (late.settled) {
    results.length = 4;
    late = next();
    await microtasks();
  }
  const after = next();
  controller.abort();
  await Promise.all([late.done, after.done]);
  await assert.rejects(setInterval(5, 'tick', { signal }).next(),
    { name: 'AbortError', code: 'ABORT_ERR' });
  return results;
}

/** @type {string[]} */
const EXPECTED = [
  'at once: false', 'tick', 'tick', 'at once: true', 'AbortError ABORT_ERR', 'done',
];

test('the lab\'s interval', async () => {
  const lab = new Lab(virtualBackend());
  const { setInterval, sleep } = lab.task('a');
  const results = sequence(setInterval, sleep);
  await lab.backend.run(Infinity);
  assert.deepEqual(await results, EXPECTED);
  assert.deepEqual(lab.backend.left(), []);
});

test('Node\'s own', async () => {
  // Its type does not say that it is a generator.
  const setInterval =
    /** @type {Interval} */ (/** @type {unknown} */ (timers.setInterval));
  assert.deepEqual(await sequence(setInterval, timers.setTimeout), EXPECTED);
});

test('return() waits for the pending value; then no timer is left', async () => {
  const lab = new Lab(virtualBackend());
  const ticks = lab.task('a').setInterval(6, 'tick');
  const tick = ticks.next();
  void ticks.return();
  assert.deepEqual(lab.backend.left(), [{ what: 'timer', name: 'a' }]);
  await lab.backend.run(Infinity);
  assert.deepEqual(await tick, { done: false, value: 'tick' });
  assert.deepEqual([lab.backend.now(), lab.backend.left()], [6, []]);
});

test('an interval that is not ended does not end', async () => {
  const lab = new Lab(virtualBackend());
  const ticks = lab.task('a').setInterval(6, 'tick');
  const tick = ticks.next();
  assert.equal(await lab.backend.run(100), 'horizon');
  await tick;
  assert.deepEqual(lab.backend.left(), [{ what: 'timer', name: 'a' }]);
});

test('when it ends, no listener stays on the signal', async () => {
  const lab = new Lab(virtualBackend());
  const { signal } = new AbortController();
  const ticks = lab.task('a').setInterval(6, 'tick', { signal });
  const tick = ticks.next();
  await Promise.resolve();
  assert.equal(getEventListeners(signal, 'abort').length, 1);
  void ticks.return();
  await lab.backend.run(Infinity);
  await tick;
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});
