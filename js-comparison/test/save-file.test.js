// The five programs, each cut in each step, with what must come out.
//
// The times all follow from: a write takes 10 ms, the lag 1000, a removal 2;
// the lock is held from (1) to the end; b and c come 1 and 2 ms after the
// caller was released. So the uncut caller writes from 0 to 10, waits from 10
// to 1010 and answers at 1010.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { answers, effects, of, run, VARIANTS } from './support/run.js';

/** @import { Event } from '../lab/recorder.js' */

/**
 * What b and c do when the lock is theirs from `at` on and the index is empty:
 * both save, one after the other, 1010 ms each.
 * @param {number} at
 */
const bothSaved = (at) => [`${at + 1010} b saved`, `${at + 2020} c saved`];

/**
 * The effects of task a.
 * @param {Event[]} events
 */
const ofA = (events) => effects(events.filter(({ task }) => task === 'a'));

test('nobody leaves: all variants do the same', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'none');
    // a answers at 1010; b comes at 1011 and needs 1010 ms; c, which came at
    // 1012, gets the lock at 2021 and finds two files in the index.
    assert.deepEqual(answers(events),
      ['1010 a saved', '2021 b saved', '2021 c over quota'], variant);
    assert.deepEqual(effects(events), [
      '0 a lock raise a', '10 a disk put a whole',
      '1010 a index add a', '1010 a lock lower a',
      '1011 b lock raise b', '1021 b disk put b whole',
      '2021 b index add b', '2021 b lock lower b',
      '2021 c lock raise c', '2021 c lock lower c',
    ], variant);
    assert.deepEqual(end, {
      ending: 'quiet',
      left: [],
      world: {
        disk: { map: { a: 'whole', b: 'whole' } },
        index: { set: ['a', 'b'] },
        lock: { flag: false },
      },
    }, variant);
  }
});

test('the steps are waits 1, 2 and 3 of the contract', async () => {
  for (const variant of VARIANTS) {
    const { events } = await run(variant, 'none');
    const waits = events
      .filter(({ task, step }) => task === 'a' && step !== undefined)
      .map(({ at_ms, kind, step }) => `${at_ms} ${kind} ${step}`);
    assert.deepEqual(waits, [
      '0 wait-begun 1', '0 wait-ended 1', '0 wait-begun 2', '10 wait-ended 2',
      '10 wait-begun 3', '1010 wait-ended 3',
    ], variant);
  }
});

test('naive runs to its end, whenever the client leaves', async () => {
  for (const cut of ['at-once', '0ms', '5ms', '510ms', '1009ms']) {
    const { events, end } = await run('naive', cut);
    // a saves at 1010 and tells nobody; b, long in line, has the lock from 1010
    // to 2020; c finds two files.
    assert.deepEqual(ofA(events), [
      '0 a lock raise a', '10 a disk put a whole',
      '1010 a index add a', '1010 a lock lower a',
    ], cut);
    assert.deepEqual(answers(events), ['2020 b saved', '2020 c over quota'], cut);
    assert.deepEqual(of(events, 'cancel-noticed'), [], cut);
    assert.deepEqual(end.world.disk, { map: { a: 'whole', b: 'whole' } }, cut);
  }
});

test('signal-checked, cut in (2): the write ends, then it stops', async () => {
  const { events, end } = await run('signal-checked', '5ms');
  assert.deepEqual(ofA(events),
    ['0 a lock raise a', '10 a disk put a whole', '10 a lock lower a']);
  assert.deepEqual(of(events, 'cancel-noticed'), ['10 a']);
  // The index is empty, so b and c are both let in: three files in the end.
  assert.deepEqual(answers(events), bothSaved(10));
  assert.deepEqual(end.world, {
    disk: { map: { a: 'whole', b: 'whole', c: 'whole' } },
    index: { set: ['b', 'c'] },
    lock: { flag: false },
  });
});

test('signal-checked, cut in (3): an orphan', async () => {
  const { events, end } = await run('signal-checked', '510ms');
  assert.deepEqual(ofA(events),
    ['0 a lock raise a', '10 a disk put a whole', '510 a lock lower a']);
  assert.deepEqual(of(events, 'cancel-noticed'), ['510 a']);
  // b comes at 511, and the lock is free.
  assert.deepEqual(answers(events), bothSaved(511));
  assert.deepEqual(Object.keys(Object(end.world.disk).map), ['a', 'b', 'c']);
});

test('signal-write, cut in (2): a torn file, at once', async () => {
  const { events, end } = await run('signal-write', '5ms');
  assert.deepEqual(ofA(events),
    ['0 a lock raise a', '5 a disk put a torn', '5 a lock lower a']);
  assert.deepEqual(of(events, 'cancel-noticed'), ['5 a']);
  assert.deepEqual(answers(events), bothSaved(6));
  assert.deepEqual(end.world, {
    disk: { map: { a: 'torn', b: 'whole', c: 'whole' } },
    index: { set: ['b', 'c'] },
    lock: { flag: false },
  });
});

test('signal-write, cut in (3): the write was over, an orphan', async () => {
  const { events, end } = await run('signal-write', '510ms');
  assert.deepEqual(ofA(events),
    ['0 a lock raise a', '10 a disk put a whole', '510 a lock lower a']);
  assert.deepEqual(end.world.index, { set: ['b', 'c'] });
});

test('signal-finally undoes, and holds the lock until it has', async () => {
  // In (2) the write ends at 10 and removing takes until 12.
  const inWrite = await run('signal-finally', '5ms');
  assert.deepEqual(ofA(inWrite.events), [
    '0 a lock raise a', '10 a disk put a whole',
    '12 a disk delete a', '12 a lock lower a',
  ]);
  assert.deepEqual(answers(inWrite.events), bothSaved(12));

  // In (3) it begins to remove at 510; b comes at 511 and waits until 512.
  const inLag = await run('signal-finally', '510ms');
  assert.deepEqual(ofA(inLag.events), [
    '0 a lock raise a', '10 a disk put a whole',
    '512 a disk delete a', '512 a lock lower a',
  ]);
  assert.deepEqual(of(inLag.events, 'cancel-noticed'), ['512 a']);
  assert.deepEqual(answers(inLag.events), bothSaved(512));

  for (const { end } of [inWrite, inLag]) {
    assert.deepEqual(end.world, {
      disk: { map: { b: 'whole', c: 'whole' } },
      index: { set: ['b', 'c'] },
      lock: { flag: false },
    });
  }
});

test('shielded, once it has begun, does what naive does', async () => {
  for (const cut of ['0ms', '5ms', '510ms', '1009ms']) {
    const [shielded, naive] = [await run('shielded', cut), await run('naive', cut)];
    assert.deepEqual(answers(shielded.events), answers(naive.events), cut);
    assert.deepEqual(effects(shielded.events), effects(naive.events), cut);
    assert.deepEqual(shielded.end, naive.end, cut);
  }
});

test('at once: whoever looks at the signal has done nothing', async () => {
  const looking = VARIANTS.filter((it) => it !== 'naive');
  assert.equal(looking.length, 4);
  for (const variant of looking) {
    const { events } = await run(variant, 'at-once');
    // The lock was asked for with the signal: it is not even taken.
    assert.deepEqual(ofA(events), [], variant);
    assert.deepEqual(of(events, 'cancel-noticed'), ['0 a'], variant);
    assert.deepEqual(answers(events), bothSaved(1), variant);
  }
});

test('at once: abort comes in the same breath as the call', async () => {
  const { events } = await run('naive', 'at-once');
  assert.deepEqual(
    events.slice(0, 4).map(({ kind }) => kind),
    ['task-spawned', 'wait-begun', 'cancel-requested', 'effect'],
  );
});

test('a cut on an instant comes after what is due then', async () => {
  // At 1010 the answer is due: it is given first, then the client leaves.
  for (const variant of VARIANTS) {
    const uncut = await run(variant, 'none');
    for (const cut of ['1010ms', '9000ms']) {
      const { events, end } = await run(variant, cut);
      const ms = Number.parseInt(cut, 10);
      assert.deepEqual(of(events, 'cancel-requested'), [`${ms} a`]);
      assert.deepEqual(answers(events), answers(uncut.events), variant);
      assert.deepEqual(effects(events), effects(uncut.events), variant);
      assert.deepEqual(end, uncut.end, variant);
    }
  }
});

test('a client that left is told nothing, and its task ends', async () => {
  for (const variant of VARIANTS) {
    for (const cut of ['at-once', '5ms', '510ms']) {
      const { events } = await run(variant, cut);
      assert.ok(!answers(events).some((it) => it.includes(' a ')), variant);
      assert.equal(
        of(events, 'task-finished').filter((it) => it.endsWith('a')).length, 1);
    }
  }
});

test('who looks at the signal after the write does not begin to wait',
  async () => {
    for (const [variant, steps] of /** @type {const} */ ([
      ['naive', [1, 2, 3]], ['shielded', [1, 2, 3]],
      ['signal-checked', [1, 2]], ['signal-finally', [1, 2]],
      ['signal-write', [1, 2]],
    ])) {
      const { events } = await run(variant, '5ms');
      const begun = events
        .filter(({ task, kind }) => task === 'a' && kind === 'wait-begun')
        .map(({ step }) => step);
      assert.deepEqual(begun, steps, variant);
    }
  });

test('noticing comes right before the end of the task', async () => {
  const { events } = await run('signal-finally', '510ms');
  const ofCaller = events.filter(({ task }) => task === 'a');
  assert.deepEqual(ofCaller.slice(-2).map(({ kind }) => kind),
    ['cancel-noticed', 'task-finished']);
});
