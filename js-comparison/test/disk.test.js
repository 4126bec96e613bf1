// The disk in memory: the same calls have the same results as on the real disk.

import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Lab } from '../lab/lab.js';
import { virtualBackend } from '../lab/virtual.js';
import { effects } from './support/run.js';

/** @import { Disk } from '../lab/types.js' */

/**
 * Runs `use` against a new disk in memory.
 * @param {(fs: Disk, lab: Lab) => Promise<void>} use
 */
async function onDisk(use) {
  const lab = new Lab(virtualBackend());
  const disk = lab.disk('disk');
  const used = use(disk.for('a'), lab);
  await lab.backend.run(Infinity);
  await used;
  return {
    effects: effects(lab.recorder.events), now: lab.backend.now(),
    listing: await disk.state(),
  };
}

test('a write takes 10 ms, a rename 2, a removal 2', async () => {
  const ran = await onDisk(async (disk) => {
    await disk.writeFile('a.tmp', 'text');
    await disk.rename('a.tmp', 'a');
    await disk.unlink('a');
    await disk.writeFile('b', 'text');
    await disk.rm('b');
  });
  assert.deepEqual(ran.effects, [
    '10 a disk put a.tmp whole',
    '12 a disk delete a.tmp', '12 a disk put a whole',
    '14 a disk delete a',
    '24 a disk put b whole', '26 a disk delete b',
  ]);
  assert.deepEqual(ran.listing, { map: {} });
});

test('an aborted write leaves a torn file at the instant of the abort', async () => {
  const ran = await onDisk(async (disk, lab) => {
    const controller = new AbortController();
    const { signal } = controller;
    lab.backend.after(9, () => controller.abort());
    await assert.rejects(disk.writeFile('a', 'text', { signal }), (error) => {
      assert.ok(error instanceof Error);
      assert.equal(error.name, 'AbortError');
      assert.equal(error.cause, signal.reason);
      return true;
    });
  });
  assert.deepEqual(ran.effects, ['9 a disk put a torn']);
  assert.equal(ran.now, 9);
});

test('the listing is sorted by name', async () => {
  const { listing } = await onDisk(async (disk) => {
    for (const name of ['b', 'c', 'a']) await disk.writeFile(name, 'text');
  });
  assert.equal(JSON.stringify(listing),
    '{"map":{"a":"whole","b":"whole","c":"whole"}}');
});

test('an abort after the write changes nothing', async () => {
  const ran = await onDisk(async (disk, lab) => {
    const controller = new AbortController();
    lab.backend.after(11, () => controller.abort());
    await disk.writeFile('a', 'text', controller);
  });
  assert.deepEqual(ran.effects, ['10 a disk put a whole']);
});

/**
 * The error of a rejected promise, without the name of the folder.
 * @param {Promise<unknown>} promise
 * @param {string} folder
 */
async function rejection(promise, folder) {
  const error = await promise.then(() => assert.fail('not rejected'), (e) => e);
  const { name, message, code, errno, syscall, path, dest, cause } = error;
  const fields = { name, message, code, errno, syscall, path, dest };
  return { ...JSON.parse(JSON.stringify(fields).replaceAll(folder, '')), cause };
}

test('its errors are those of Node', async () => {
  const folder = `${await fs.mkdtemp(join(tmpdir(), 'droppoint-test-'))}/`;
  const signal = AbortSignal.abort();
  /** @param {Disk} disk @param {string} prefix */
  const failures = (disk, prefix) => [
    disk.unlink(`${prefix}none`),
    disk.rm(`${prefix}none`),
    disk.rename(`${prefix}none`, `${prefix}other`),
    disk.writeFile(`${prefix}never`, 'text', { signal }),
  ].map((promise) => rejection(promise, folder));
  try {
    const real = await Promise.all(failures(fs, folder));
    await onDisk(async (disk) => {
      assert.deepEqual(await Promise.all(failures(disk, '')), real);
      await disk.rm('none', { force: true });
    });
    await fs.rm(`${folder}none`, { force: true });
    // A write whose signal is aborted before the call leaves nothing.
    assert.deepEqual(await fs.readdir(folder), []);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
});
