// What an abort leaves of a write: Node's own `writeFile`, and the lab's.
//
// Nothing here waits for a time. A write begins its next piece in a turn of the
// event loop; looked at in every turn, the file is seen when it is still short.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { statSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Lab } from '../lab/lab.js';
import { virtualArm } from '../lab/virtual.js';

/** The most that Node writes between two looks at the signal. */
const PIECE = 512 << 10;

/**
 * Gives a new folder to `use`.
 * @param {(folder: string) => Promise<void>} use
 */
async function inFolder(use) {
  const folder = await fs.mkdtemp(join(tmpdir(), 'droppoint-test-'));
  try {
    await use(folder);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
}

/** @param {string} path */
const sizeOf = (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const turn = () => new Promise(setImmediate);

/**
 * How a promise was settled, and what is known of its error.
 * @param {Promise<void>} promise
 * @param {AbortSignal} signal
 */
const settled = (promise, signal) => promise.then(
  () => 'resolved',
  ({ name, code, message, cause }) =>
    ({ name, code, message, reason: cause === signal.reason }),
);

const ABORTED = {
  name: 'AbortError', code: 'ABORT_ERR', reason: true,
  message: 'The operation was aborted',
};

test('Node: an aborted write leaves whole pieces, a prefix', async () => {
  await inFolder(async (folder) => {
    // No two pieces alike, so that a prefix is more than a length.
    const text = Array.from({ length: 40 }, (_, i) =>
      String.fromCharCode(65 + i).repeat(PIECE)).join('');
    for (let i = 0; i < 5; i += 1) {
      const path = join(folder, `${i}`);
      const controller = new AbortController();
      const { signal } = controller;
      const answer = settled(fs.writeFile(path, text, { signal }), signal);
      while (sizeOf(path) === 0) await turn();
      controller.abort();
      assert.deepEqual(await answer, ABORTED);

      const found = await fs.readFile(path, 'utf8');
      assert.ok(found.length > 0 && found.length < text.length);
      assert.equal(found.length % PIECE, 0);
      assert.ok(text.startsWith(found));
      // Once it has rejected, nothing more is written.
      for (let more = 0; more < 10; more += 1) await turn();
      assert.equal(sizeOf(path), found.length);
    }
  });
});

test('Node: one piece is there whole, without an error, or not at all',
  async () => {
    await inFolder(async (folder) => {
      for (let turns = 0; turns < 40; turns += 1) {
        const path = join(folder, `${turns}`);
        const controller = new AbortController();
        const { signal } = controller;
        const text = 'x'.repeat(PIECE);
        const answer = settled(fs.writeFile(path, text, { signal }), signal);
        for (let i = 0; i < turns; i += 1) await turn();
        controller.abort();
        const [how, size] = [await answer, sizeOf(path)];
        if (size === 0) assert.deepEqual(how, ABORTED);
        else assert.deepEqual([how, size], ['resolved', PIECE]);
      }
    });
  });

test('the lab: the same error, and no more than a prefix', async () => {
  for (const ms of [1, 5, 9]) {
    const lab = new Lab(virtualArm());
    const disk = lab.disk('disk');
    const controller = new AbortController();
    const { signal } = controller;
    const write = disk.for('a').writeFile('a', 'a long text', { signal });
    const answer = settled(write, signal);
    lab.arm.after(ms, () => controller.abort());
    await lab.arm.run(Infinity);
    assert.deepEqual(await answer, ABORTED);
    assert.deepEqual(disk.state(), { map: { a: 'torn' } });
    assert.equal(lab.arm.now(), ms);
  }
});

test('whoever waited with a signal lets go of it', async () => {
  const lab = new Lab(virtualArm());
  const { signal } = new AbortController();
  const [disk, { sleep }] = [lab.disk('disk').for('a'), lab.task('a')];
  const both = Promise.all([
    disk.writeFile('a', 'text', { signal }), sleep(5, undefined, { signal }),
  ]);
  assert.equal(getEventListeners(signal, 'abort').length, 2);
  await lab.arm.run(Infinity);
  await both;
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});
