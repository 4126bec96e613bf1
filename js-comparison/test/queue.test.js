// The queue: who gets a message, and when it has left.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';

import { Lab } from '../lab/lab.js';
import { virtualArm } from '../lab/virtual.js';
import { effects } from './support/run.js';

function set() {
  const lab = new Lab(virtualArm());
  const queue = lab.queue('queue');
  return { queue, said: () => effects(lab.recorder.events) };
}

test('first come, first served, and popped when it is handed over', async () => {
  const { queue, said } = set();
  const one = queue.for('a').next();
  const two = queue.for('b').take();
  queue.push('s', 'm1');
  queue.push('s', 'm2');
  queue.push('s', 'm3');
  // Nobody has read a promise yet.
  assert.deepEqual(said(), [
    '0 s queue push m1', '0 a queue pop m1', '0 s queue push m2',
    '0 b queue pop m2', '0 s queue push m3',
  ]);
  assert.deepEqual(queue.state(), { queue: ['m3'] });
  assert.deepEqual(await Promise.all([one, two, queue.for('c').next()]),
    ['m1', 'm2', 'm3'].map((value) => ({ done: false, value })));
  assert.deepEqual(queue.state(), { queue: [] });
});

test('closed: what is in it can be had, and then it is done', async () => {
  const { queue } = set();
  queue.push('s', 'm1');
  queue.close();
  const inbox = queue.for('a');
  assert.deepEqual(await inbox.next(), { done: false, value: 'm1' });
  assert.deepEqual(await inbox.next(), { done: true, value: undefined });

  const empty = set().queue;
  const waiting = [empty.for('a').next(), empty.for('b').take()];
  empty.close();
  for (const result of await Promise.all(waiting)) assert.ok(result.done);
});

test('who gives up leaves the line, and lets go of the signal', async () => {
  const { queue } = set();
  const controller = new AbortController();
  const { signal } = controller;
  const { signal: other } = new AbortController();
  const gone = queue.for('a').take({ signal });
  const stays = queue.for('b').take({ signal: other });
  controller.abort(new Error('enough'));
  await assert.rejects(gone, /^Error: enough$/);
  queue.push('s', 'm1');
  assert.deepEqual(await stays, { done: false, value: 'm1' });
  assert.equal(getEventListeners(other, 'abort').length, 0);

  // With a signal that is aborted, nothing is taken.
  queue.push('s', 'm2');
  await assert.rejects(queue.for('a').take({ signal }), /^Error: enough$/);
  assert.deepEqual(queue.state(), { queue: ['m2'] });
});
