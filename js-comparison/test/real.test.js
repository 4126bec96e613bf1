// Real time and a real folder. Nothing depends on how long operations take: cuts
// count effects, and a run is over when nothing is pending.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { parseCut } from '../index.js';
import { Recorder } from '../lab/recorder.js';
import { RealDisk } from '../real/disk.js';
import { Pending } from '../real/pending.js';
import { runReal } from '../real/run.js';
import { fold, nonEmpty } from './support/fold.js';
import { returned, effects, of, saveFile, VARIANTS } from './support/run.js';

/**
 * @param {string} variant
 * @param {string} cut
 */
async function run(variant, cut) {
  const outcome = await runReal(saveFile, variant, parseCut(cut));
  const { events, end } = outcome;
  assert.deepEqual(nonEmpty(fold(events)), nonEmpty(end.world));
  assert.ok(events.every(({ at_ms }) => at_ms === 0));
  return outcome;
}

test('uncut, all variants do what they do in virtual time', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'none');
    assert.deepEqual(returned(events),
      ['0 a saved', '0 b saved', '0 c over quota'], variant);
    assert.deepEqual(end.world.disk, { map: { a: 'whole', b: 'whole' } });
    assert.deepEqual([end.ending, end.left], ['quiet', []]);
  }
});

test('at once', async () => {
  for (const variant of VARIANTS) {
    const { end } = await run(variant, 'at-once');
    const saved = variant === 'naive' ? ['a', 'b'] : ['b', 'c'];
    assert.deepEqual(end.world.index, { set: saved }, variant);
    assert.deepEqual(Object.keys(Object(end.world.disk).map), saved, variant);
  }
});

// The caller's effects: 1 lock raise, 2 disk put, 3 index add, 4 lock lower.

test('cut after the lock is acquired: the write is pending', async () => {
  /** @type {Record<string, Record<string, string>>} */
  const disks = {
    'naive': { a: 'whole', b: 'whole' },
    'signal-checked': { a: 'whole', b: 'whole', c: 'whole' },
    'signal-write': { a: 'torn', b: 'whole', c: 'whole' },
    'signal-finally': { b: 'whole', c: 'whole' },
    'shielded': { a: 'whole', b: 'whole' },
  };
  for (const variant of VARIANTS) {
    const { end } = await run(variant, 'after-effect-1');
    assert.deepEqual(end.world.disk, { map: disks[variant] }, variant);
  }
});

test('cut after the write: orphan, undone, or finished', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'after-effect-2');
    const ofA = effects(events.filter(({ task }) => task === 'a'));
    const commits = ['naive', 'shielded'].includes(variant);
    assert.deepEqual(ofA, [
      '0 a lock raise a', '0 a disk put a whole',
      ...(commits ? ['0 a index add a'] : []),
      ...(variant === 'signal-finally' ? ['0 a disk delete a'] : []),
      '0 a lock lower a',
    ], variant);
    assert.equal('a' in Object(end.world.disk).map, variant !== 'signal-finally');
    assert.equal(of(events, 'cancel-noticed').length, commits ? 0 : 1);
  }
});

test('cut after the index: it is answered before the cut', async () => {
  const { events } = await run('signal-finally', 'after-effect-3');
  const kinds = events.filter(({ task }) => task === 'a').map((it) => it.kind);
  assert.deepEqual(kinds.slice(-3),
    ['returned', 'task-finished', 'cancel-requested']);
});

test('without the effect, the cut is unrealized', async () => {
  const { events, end } = await run('naive', 'after-effect-5');
  assert.equal(end.ending, 'unrealized');
  assert.deepEqual(of(events, 'cancel-requested'), []);
});

test('the effects of the caller and of what it spawned count, no others',
  async () => {
    const spawning = {
      ...saveFile,
      createWorld: (/** @type {import('../lab/lab.js').Lab} */ lab) => {
        const names = lab.set('names');
        return {
          call: async () => {
            for (const task of ['b', 'ab', 'a.1', 'b', 'a']) {
              // One turn each, to see which effect the cut follows.
              await lab.task('a').sleep(1);
              names.for(task).add(`${names.state().set.length}`);
            }
          },
        };
      },
    };
    for (const [cut, before] of /** @type {const} */ ([
      ['after-effect-1', 3], ['after-effect-2', 5],
    ])) {
      const { events } = await runReal(spawning, 'naive', parseCut(cut));
      const cutIndex = events.findIndex(({ kind }) => kind === 'cancel-requested');
      assert.equal(effects(events.slice(0, cutIndex)).length, before, cut);
    }
  });

test('the folder is removed, also when the run fails', async (t) => {
  // In another folder: other tests make such folders at the same time.
  const parent = await mkdtemp(join(tmpdir(), 'droppoint-test-'));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = parent;
  t.after(async () => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    await rm(parent, { recursive: true });
  });

  const listeners = () => ['exit', 'SIGHUP', 'SIGINT', 'SIGTERM']
    .map((name) => process.listenerCount(name));
  const before = listeners();
  /** @type {string[]} */
  let during = [];
  const listing = {
    ...saveFile,
    createWorld: () => ({
      call: async () => {
        during = readdirSync(parent);
      },
    }),
  };
  await runReal(listing, 'naive', parseCut('none'));
  assert.equal(during.length, 1);
  const broken = { ...saveFile, createWorld: () => assert.fail('no world') };
  await assert.rejects(runReal(broken, 'naive', parseCut('none')), /no world/);
  assert.deepEqual(await readdir(parent), []);
  assert.deepEqual(listeners(), before);
});

test('a run ends although its caller waits for ever',
  async () => {
    const stuck = {
      ...saveFile,
      createWorld: () => ({ call: () => new Promise(() => {}) }),
    };
    const { events, end } = await runReal(stuck, 'naive', parseCut('none'));
    assert.deepEqual(events.map(({ kind }) => kind), ['task-spawned']);
    assert.equal(end.ending, 'quiet');
  });

test('the real disk reports its changes, a rename as one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'droppoint-test-'));
  try {
    const recorder = new Recorder(() => 0);
    const pending = new Pending();
    const realDisk = new RealDisk(folder, pending, recorder, 'disk');
    const disk = realDisk.for('a');
    /** @type {number[]} */
    const seen = [];
    recorder.listen(() => {
      // After all reports of the same operation, before anything else happens.
      queueMicrotask(() => seen.push(recorder.events.length));
    });
    await disk.writeFile('a.tmp', 'é');
    await disk.rename('a.tmp', 'a');
    await disk.rm('none', { force: true });
    await assert.rejects(disk.rm('none'), { code: 'ENOENT' });
    await assert.rejects(disk.unlink('none'), { code: 'ENOENT' });
    await assert.rejects(disk.rename('none', 'b'), { code: 'ENOENT' });
    await disk.writeFile('b', '');
    await writeFile(join(folder, 'a'), 'shorter or longer');
    assert.deepEqual(await realDisk.state(), { map: { a: 'torn', b: 'whole' } });
    await disk.rm('a');
    await disk.unlink('b');
    assert.deepEqual(effects(recorder.events), [
      '0 a disk put a.tmp whole',
      '0 a disk delete a.tmp', '0 a disk put a whole',
      '0 a disk put b whole', '0 a disk delete a', '0 a disk delete b',
    ]);
    assert.deepEqual(seen, [1, 3, 3, 4, 5, 6]);
    assert.equal(await pending.quiet(), 'quiet');
    assert.deepEqual(await realDisk.state(), { map: {} });
  } finally {
    await rm(folder, { recursive: true });
  }
});
