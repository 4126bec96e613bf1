// `setInterval` of node:timers/promises, and the lab's: the same program on both.
// What it says depends on the order of things, not on how long they take.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as timers from 'node:timers/promises';

import { Lab } from '../lab/lab.js';
import { virtualArm } from '../lab/virtual.js';

/** @import { Interval, Sleep } from '../lab/types.js' */

/**
 * @param {Promise<IteratorResult<string, void>>} promise
 */
const settled = (promise) => promise.then(
  ({ done, value }) => (done ? 'done' : value),
  ({ name, code }) => `${name} ${code}`,
);

/**
 * What a heartbeat of 5 ms says, whoever makes it.
 * @param {Interval} setInterval
 * @param {Sleep} sleep
 */
async function story(setInterval, sleep) {
  const controller = new AbortController();
  const { signal } = controller;
  const beats = setInterval(5, 'beat', { signal });
  /** @type {string[]} */
  const said = [];
  const ask = () => {
    const asked = { settled: false };
    const told = settled(beats.next()).then((what) => {
      asked.settled = true;
      said.push(String(what));
    });
    return Object.assign(asked, { told });
  };
  // A few microtasks, and no turn of the event loop.
  const atOnce = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };

  // Nobody asks: it does not begin.
  await sleep(30);
  const first = ask();
  await atOnce();
  said.push(`at once: ${first.settled}`);
  await first.told;
  // A beat that came unasked is there at once; when all are, one has to wait.
  await sleep(30);
  let late = ask();
  await atOnce();
  said.push(`at once: ${late.settled}`);
  while (late.settled) {
    said.length = 4;
    late = ask();
    await atOnce();
  }
  const after = ask();
  controller.abort();
  await Promise.all([late.told, after.told]);
  await assert.rejects(setInterval(5, 'beat', { signal }).next(),
    { name: 'AbortError', code: 'ABORT_ERR' });
  return said;
}

/** @type {string[]} */
const STORY = [
  'at once: false', 'beat', 'beat', 'at once: true', 'AbortError ABORT_ERR', 'done',
];

test('the lab\'s interval', async () => {
  const lab = new Lab(virtualArm());
  const { setInterval, sleep } = lab.task('a');
  const told = story(setInterval, sleep);
  await lab.arm.run(Infinity);
  assert.deepEqual(await told, STORY);
  assert.deepEqual(lab.arm.left(), []);
});

test('Node\'s own', async () => {
  // Its types leave open that it is a generator.
  const setInterval =
    /** @type {Interval} */ (/** @type {unknown} */ (timers.setInterval));
  assert.deepEqual(await story(setInterval, timers.setTimeout), STORY);
});

test('return() waits for the beat under way; then nothing is left', async () => {
  const lab = new Lab(virtualArm());
  const beats = lab.task('a').setInterval(6, 'beat');
  const beat = beats.next();
  void beats.return();
  assert.deepEqual(lab.arm.left(), [{ what: 'timer', name: 'a' }]);
  await lab.arm.run(Infinity);
  assert.deepEqual(await beat, { done: false, value: 'beat' });
  assert.deepEqual([lab.arm.now(), lab.arm.left()], [6, []]);
});

test('a forgotten interval goes on for ever', async () => {
  const lab = new Lab(virtualArm());
  const beats = lab.task('a').setInterval(6, 'beat');
  const beat = beats.next();
  assert.equal(await lab.arm.run(100), 'horizon');
  await beat;
  assert.deepEqual(lab.arm.left(), [{ what: 'timer', name: 'a' }]);
});
