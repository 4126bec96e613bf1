// The virtual clock and its timers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Clock } from '../lab/clock.js';
import { Lab } from '../lab/lab.js';
import { virtualArm } from '../lab/virtual.js';

test('alarms ring by instant, then in the order they were set', async () => {
  const clock = new Clock();
  /** @type {string[]} */
  const rung = [];
  for (const [name, ms] of /** @type {const} */ ([
    ['c', 20], ['a', 10], ['d', 20], ['b', 10], ['e', 20],
  ])) clock.set(ms, () => rung.push(`${name} ${clock.now}`));
  assert.equal(await clock.run(Infinity), 'quiet');
  assert.deepEqual(rung, ['a 10', 'b 10', 'c 20', 'd 20', 'e 20']);
});

test('what an alarm makes runnable runs at its instant', async () => {
  // Three tasks sleep in turns of 3, 4 and 5 ms. Were all alarms up to some
  // instant rung in one go, continuations would see a later time.
  const arm = virtualArm();
  /** @type {string[]} */
  const seen = [];
  for (const ms of [3, 4, 5]) {
    const sleep = arm.sleep('a');
    void (async () => {
      for (let i = 1; i <= 3; i += 1) {
        await sleep(ms);
        // However many microtasks it takes: no time passes.
        for (let hop = 0; hop < 100; hop += 1) await Promise.resolve();
        seen.push(`${ms}: ${arm.now()}`);
      }
    })();
  }
  await arm.run(Infinity);
  assert.deepEqual(seen, [
    '3: 3', '4: 4', '5: 5', '3: 6', '4: 8', '3: 9', '5: 10', '4: 12', '5: 15',
  ]);
});

test('`last` waits for what is set at its own instant, too', async () => {
  const clock = new Clock();
  /** @type {string[]} */
  const rung = [];
  clock.set(10, () => rung.push('last'), { last: true });
  clock.set(10, () => {
    rung.push('first');
    clock.set(0, () => rung.push('set late'));
  });
  clock.set(11, () => rung.push('next instant'));
  await clock.run(Infinity);
  assert.deepEqual(rung, ['first', 'set late', 'last', 'next instant']);
});

test('the horizon ends it, its own instant included', async () => {
  const clock = new Clock();
  let ticks = 0;
  const tick = () => {
    ticks += 1;
    clock.set(10, tick, { owner: 'a' });
  };
  clock.set(10, tick, { owner: 'a' });
  // Ticks at 10, 20, 30; the one at 40 is still set.
  assert.equal(await clock.run(30), 'horizon');
  assert.deepEqual([ticks, clock.now, clock.owners()], [3, 30, ['a']]);
});

test('what never ends is an error that says so', async () => {
  const clock = new Clock();
  const tick = () => {
    clock.set(10, tick);
  };
  tick();
  await assert.rejects(clock.run(Infinity),
    /^Error: the run does not end: after 100000 timers, at 1000000 ms, /);
});

test('sleep takes what it cannot wait for 1 ms, as setTimeout does',
  async () => {
    const waits = [
      [undefined, 1], [0, 1], [-5, 1], [NaN, 1], [1.9, 1], [2.9, 2],
      [2 ** 31 - 1, 2 ** 31 - 1], [2 ** 31, 1], [Infinity, 1],
    ];
    for (const [asked, took] of /** @type {[number?, number?][]} */ (waits)) {
      const arm = virtualArm();
      const slept = arm.sleep('a')(asked);
      await arm.run(Infinity);
      await slept;
      assert.equal(arm.now(), took, `sleep(${asked})`);
    }
  });

test('sleep has the signature and the errors of node:timers/promises',
  async () => {
    const lab = new Lab(virtualArm());
    const { sleep } = lab.task('a');
    const controller = new AbortController();
    const { signal } = controller;
    const settled = Promise.allSettled([
      sleep(5, 'value'), sleep(7, undefined, { signal }), sleep(0), sleep(2.9),
    ]);
    lab.arm.after(6, () => controller.abort());
    await lab.arm.run(Infinity);
    const [value, aborted, ...rest] = await settled;
    assert.deepEqual(value, { status: 'fulfilled', value: 'value' });
    assert.deepEqual(rest.map((it) => it.status), ['fulfilled', 'fulfilled']);
    assert.ok(aborted.status === 'rejected');
    const { name, code, message, cause } = aborted.reason;
    assert.deepEqual([name, code, message],
      ['AbortError', 'ABORT_ERR', 'The operation was aborted']);
    assert.equal(cause, signal.reason);
    assert.deepEqual(lab.arm.left(), []);
    // The aborted timer did not keep the clock going: it stopped at 6.
    assert.equal(lab.arm.now(), 6);

    await assert.rejects(sleep(1, undefined, { signal }), { name: 'AbortError' });
  });
