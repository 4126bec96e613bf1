// The lock of the lab.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';

import { Lab } from '../lab/lab.js';
import { virtualBackend } from '../lab/virtual.js';
import { effects } from './support/run.js';

function createLock() {
  const lab = new Lab(virtualBackend());
  return { lock: lab.lock('lock'), recorded: () => effects(lab.recorder.events) };
}

test('a caller whose signal is aborted does not wait any more', async () => {
  const { lock, recorded } = createLock();
  const controller = new AbortController();
  const { signal } = controller;
  const unlock = await lock.for('a').acquire();
  const aborted = lock.for('b').acquire({ signal });
  const next = lock.for('c').acquire();
  controller.abort(new Error('enough'));
  await assert.rejects(aborted, /^Error: enough$/);
  await assert.rejects(lock.for('d').acquire({ signal }), /^Error: enough$/);
  assert.deepEqual(lock.state(), { flag: true });
  unlock();
  (await next)();
  assert.deepEqual(recorded(), [
    '0 a lock raise a', '0 a lock lower a', '0 c lock raise c', '0 c lock lower c',
  ]);
});

test('when it is acquired, no listener stays on the signal', async () => {
  const { lock } = createLock();
  const { signal } = new AbortController();
  const unlock = await lock.for('a').acquire({ signal });
  const next = lock.for('b').acquire({ signal });
  assert.equal(getEventListeners(signal, 'abort').length, 1);
  unlock();
  await next;
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});

test('unlocking twice is an error, and does not unlock for another task', async () => {
  const { lock, recorded } = createLock();
  const unlock = await lock.for('a').acquire();
  const next = lock.for('b').acquire();
  unlock();
  const unlockNext = await next;
  assert.throws(unlock, /^Error: unlocked twice$/);
  assert.deepEqual(lock.state(), { flag: true });
  unlockNext();
  assert.deepEqual(recorded(), [
    '0 a lock raise a', '0 a lock lower a', '0 b lock raise b', '0 b lock lower b',
  ]);
});
