// Real time and a real folder. Nothing here depends on how long things take:
// cuts count effects, and a run is over when nothing is under way.

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
import { fold, touched } from './support/fold.js';
import { answers, effects, of, saveFile, VARIANTS } from './support/run.js';

/**
 * @param {string} variant
 * @param {string} cut
 */
async function run(variant, cut) {
  const outcome = await runReal(saveFile, variant, parseCut(cut));
  const { events, end } = outcome;
  assert.deepEqual(touched(fold(events)), touched(end.world));
  assert.ok(events.every(({ at_ms }) => at_ms === 0));
  return outcome;
}

test('uncut, all variants do what they do in virtual time', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'none');
    assert.deepEqual(answers(events),
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

test('cut right after the lock was taken: the write is under way', async () => {
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

test('cut right after the write: orphan, undone, or finished', async () => {
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

test('cut after the index: it was answered before', async () => {
  const { events } = await run('signal-finally', 'after-effect-3');
  const kinds = events.filter(({ task }) => task === 'a').map((it) => it.kind);
  assert.deepEqual(kinds.slice(-3),
    ['returned', 'task-finished', 'cancel-requested']);
});

test('an effect that never comes leaves the cut unrealized', async () => {
  const { events, end } = await run('naive', 'after-effect-5');
  assert.equal(end.ending, 'unrealized');
  assert.deepEqual(of(events, 'cancel-requested'), []);
});

test('effects of what the caller spawned count, those of others do not',
  async () => {
    const spawning = {
      ...saveFile,
      stage: (/** @type {import('../lab/lab.js').Lab} */ lab) => {
        const names = lab.set('names');
        return {
          call: async () => {
            for (const task of ['b', 'ab', 'a.1', 'b', 'a']) {
              // A turn each, so that it shows which effect the cut follows.
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
      const asked = events.findIndex(({ kind }) => kind === 'cancel-requested');
      assert.equal(effects(events.slice(0, asked)).length, before, cut);
    }
  });

test('the folder is gone, also when the run failed', async (t) => {
  // In a place of its own: other tests make such folders at the same time.
  const place = await mkdtemp(join(tmpdir(), 'droppoint-test-'));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = place;
  t.after(async () => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    await rm(place, { recursive: true });
  });

  const listeners = () => ['exit', 'SIGHUP', 'SIGINT', 'SIGTERM']
    .map((name) => process.listenerCount(name));
  const before = listeners();
  /** @type {string[]} */
  let during = [];
  const looking = {
    ...saveFile,
    stage: () => ({
      call: async () => {
        during = readdirSync(place);
      },
    }),
  };
  await runReal(looking, 'naive', parseCut('none'));
  assert.equal(during.length, 1);
  const broken = { ...saveFile, stage: () => assert.fail('planted') };
  await assert.rejects(runReal(broken, 'naive', parseCut('none')), /planted/);
  assert.deepEqual(await readdir(place), []);
  assert.deepEqual(listeners(), before);
});

test('a caller that waits for ever does not keep the run from ending',
  async () => {
    const stuck = {
      ...saveFile,
      stage: () => ({ call: () => new Promise(() => {}) }),
    };
    const { events, end } = await runReal(stuck, 'naive', parseCut('none'));
    assert.deepEqual(events.map(({ kind }) => kind), ['task-spawned']);
    assert.equal(end.ending, 'quiet');
  });

test('the real disk reports what it did, a rename as one change', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'droppoint-test-'));
  try {
    const recorder = new Recorder(() => 0);
    const pending = new Pending();
    const place = new RealDisk(folder, pending, recorder, 'disk');
    const disk = place.for('a');
    /** @type {number[]} */
    const seen = [];
    recorder.listen(() => {
      // Later in the same turn, and before anything else can have happened.
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
    assert.deepEqual(await place.state(), { map: { a: 'torn', b: 'whole' } });
    await disk.rm('a');
    await disk.unlink('b');
    assert.deepEqual(effects(recorder.events), [
      '0 a disk put a.tmp whole',
      '0 a disk delete a.tmp', '0 a disk put a whole',
      '0 a disk put b whole', '0 a disk delete a', '0 a disk delete b',
    ]);
    assert.deepEqual(seen, [1, 3, 3, 4, 5, 6]);
    assert.equal(await pending.quiet(), 'quiet');
    assert.deepEqual(await place.state(), { map: {} });
  } finally {
    await rm(folder, { recursive: true });
  }
});
