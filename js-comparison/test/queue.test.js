// The queue of the lab: who gets a message, and when it leaves the queue.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';

import { Lab } from '../lab/lab.js';
import { virtualBackend } from '../lab/virtual.js';
import { effects } from './support/run.js';

function createQueue() {
  const lab = new Lab(virtualBackend());
  const queue = lab.queue('queue');
  return { queue, recorded: () => effects(lab.recorder.events) };
}

test('receivers are served in order, and a message is popped when it is handed over', async () => {
  const { queue, recorded } = createQueue();
  const one = queue.for('a').next();
  const two = queue.for('b').take();
  queue.push('s', 'm1');
  queue.push('s', 'm2');
  queue.push('s', 'm3');
  // No promise has been awaited yet.
  assert.deepEqual(recorded(), [
    '0 s queue push m1', '0 a queue pop m1', '0 s queue push m2',
    '0 b queue pop m2', '0 s queue push m3',
  ]);
  assert.deepEqual(queue.state(), { queue: ['m3'] });
  assert.deepEqual(await Promise.all([one, two, queue.for('c').next()]),
    ['m1', 'm2', 'm3'].map((value) => ({ done: false, value })));
  assert.deepEqual(queue.state(), { queue: [] });
});

test('a closed queue still delivers what is in it', async () => {
  const { queue } = createQueue();
  queue.push('s', 'm1');
  queue.close();
  const inbox = queue.for('a');
  assert.deepEqual(await inbox.next(), { done: false, value: 'm1' });
  assert.deepEqual(await inbox.next(), { done: true, value: undefined });

  const empty = createQueue().queue;
  const receivers = [empty.for('a').next(), empty.for('b').take()];
  empty.close();
  for (const result of await Promise.all(receivers)) assert.ok(result.done);
});

test('a receiver whose signal is aborted does not wait, and no listener stays', async () => {
  const { queue } = createQueue();
  const controller = new AbortController();
  const { signal } = controller;
  const { signal: other } = new AbortController();
  const aborted = queue.for('a').take({ signal });
  const waiting = queue.for('b').take({ signal: other });
  controller.abort(new Error('enough'));
  await assert.rejects(aborted, /^Error: enough$/);
  queue.push('s', 'm1');
  assert.deepEqual(await waiting, { done: false, value: 'm1' });
  assert.equal(getEventListeners(other, 'abort').length, 0);

  // If the signal is aborted already, no message is taken.
  queue.push('s', 'm2');
  await assert.rejects(queue.for('a').take({ signal }), /^Error: enough$/);
  assert.deepEqual(queue.state(), { queue: ['m2'] });
});
