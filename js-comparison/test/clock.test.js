// The virtual clock and its timers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Clock } from '../lab/clock.js';
import { Lab } from '../lab/lab.js';
import { virtualBackend } from '../lab/virtual.js';

test('timers fire by instant, then in the order in which they were set', async () => {
  const clock = new Clock();
  /** @type {string[]} */
  const fired = [];
  for (const [name, ms] of /** @type {const} */ ([
    ['c', 20], ['a', 10], ['d', 20], ['b', 10], ['e', 20],
  ])) clock.setTimer(ms, () => fired.push(`${name} ${clock.now}`));
  assert.equal(await clock.run(Infinity), 'quiet');
  assert.deepEqual(fired, ['a 10', 'b 10', 'c 20', 'd 20', 'e 20']);
});

test('what a timer makes runnable runs at its instant', async () => {
  // Three tasks sleep for 3, 4 and 5 ms at a time. If all timers up to some
  // instant fired together, continuations would see a later time.
  const backend = virtualBackend();
  /** @type {string[]} */
  const seen = [];
  for (const ms of [3, 4, 5]) {
    const sleep = backend.sleep('a');
    void (async () => {
      for (let i = 1; i <= 3; i += 1) {
        await sleep(ms);
        // However many microtasks it takes: no time passes.
        for (let i = 0; i < 100; i += 1) await Promise.resolve();
        seen.push(`${ms}: ${backend.now()}`);
      }
    })();
  }
  await backend.run(Infinity);
  assert.deepEqual(seen, [
    '3: 3', '4: 4', '5: 5', '3: 6', '4: 8', '3: 9', '5: 10', '4: 12', '5: 15',
  ]);
});

test('a `last` timer comes after those that are set at its own instant', async () => {
  const clock = new Clock();
  /** @type {string[]} */
  const fired = [];
  clock.setTimer(10, () => fired.push('last'), { last: true });
  clock.setTimer(10, () => {
    fired.push('first');
    clock.setTimer(0, () => fired.push('set late'));
  });
  clock.setTimer(11, () => fired.push('next instant'));
  await clock.run(Infinity);
  assert.deepEqual(fired, ['first', 'set late', 'last', 'next instant']);
});

test('a run includes the instant of its horizon', async () => {
  const clock = new Clock();
  let ticks = 0;
  const tick = () => {
    ticks += 1;
    clock.setTimer(10, tick, { owner: 'a' });
  };
  clock.setTimer(10, tick, { owner: 'a' });
  // Ticks at 10, 20, 30; the one at 40 is still set.
  assert.equal(await clock.run(30), 'horizon');
  assert.deepEqual([ticks, clock.now, clock.owners()], [3, 30, ['a']]);
});

test('a run that does not end is an error', async () => {
  const clock = new Clock();
  const tick = () => {
    clock.setTimer(10, tick);
  };
  tick();
  await assert.rejects(clock.run(Infinity),
    /^Error: the run does not end: after 100000 timers, at 1000000 ms, /);
});

test('sleep replaces an invalid time by 1 ms, as setTimeout does',
  async () => {
    const waits = [
      [undefined, 1], [0, 1], [-5, 1], [NaN, 1], [1.9, 1], [2.9, 2],
      [2 ** 31 - 1, 2 ** 31 - 1], [2 ** 31, 1], [Infinity, 1],
    ];
    for (const [ms, expected] of /** @type {[number?, number?][]} */ (waits)) {
      const backend = virtualBackend();
      const slept = backend.sleep('a')(ms);
      await backend.run(Infinity);
      await slept;
      assert.equal(backend.now(), expected, `sleep(${ms})`);
    }
  });

test('sleep has the signature and the errors of node:timers/promises',
  async () => {
    const lab = new Lab(virtualBackend());
    const { sleep } = lab.task('a');
    const controller = new AbortController();
    const { signal } = controller;
    const settled = Promise.allSettled([
      sleep(5, 'value'), sleep(7, undefined, { signal }), sleep(0), sleep(2.9),
    ]);
    lab.backend.after(6, () => controller.abort());
    await lab.backend.run(Infinity);
    const [value, aborted, ...rest] = await settled;
    assert.deepEqual(value, { status: 'fulfilled', value: 'value' });
    assert.deepEqual(rest.map((it) => it.status), ['fulfilled', 'fulfilled']);
    assert.ok(aborted.status === 'rejected');
    const { name, code, message, cause } = aborted.reason;
    assert.deepEqual([name, code, message],
      ['AbortError', 'ABORT_ERR', 'The operation was aborted']);
    assert.equal(cause, signal.reason);
    assert.deepEqual(lab.backend.left(), []);
    // The aborted timer did not keep the clock going: it stopped at 6.
    assert.equal(lab.backend.now(), 6);

    await assert.rejects(sleep(1, undefined, { signal }), { name: 'AbortError' });
  });
