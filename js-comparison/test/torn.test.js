// What an abort leaves of a write: Node's `writeFile`, and the lab's.
//
// No test waits for a time. Node writes one piece in one turn of the event loop; a
// test that checks the file in every turn finds it when it is still short.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { statSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Lab } from '../lab/lab.js';
import { virtualBackend } from '../lab/virtual.js';

/** How much Node writes between two checks of the signal. */
const PIECE = 512 << 10;

/**
 * Calls `use` with a new folder.
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
 * How a promise was settled.
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
    // All pieces differ: a prefix is more than a length.
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
      // After the rejection, nothing more is written.
      for (let more = 0; more < 10; more += 1) await turn();
      assert.equal(sizeOf(path), found.length);
    }
  });
});

test('Node: a text of one piece is written whole, without an error, or not at all',
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

test('the lab: the same error, and a torn file', async () => {
  for (const ms of [1, 5, 9]) {
    const lab = new Lab(virtualBackend());
    const disk = lab.disk('disk');
    const controller = new AbortController();
    const { signal } = controller;
    const write = disk.for('a').writeFile('a', 'a long text', { signal });
    const answer = settled(write, signal);
    lab.backend.after(ms, () => controller.abort());
    await lab.backend.run(Infinity);
    assert.deepEqual(await answer, ABORTED);
    assert.deepEqual(disk.state(), { map: { a: 'torn' } });
    assert.equal(lab.backend.now(), ms);
  }
});

test('after a wait, no listener stays on the signal', async () => {
  const lab = new Lab(virtualBackend());
  const { signal } = new AbortController();
  const [disk, { sleep }] = [lab.disk('disk').for('a'), lab.task('a')];
  const both = Promise.all([
    disk.writeFile('a', 'text', { signal }), sleep(5, undefined, { signal }),
  ]);
  assert.equal(getEventListeners(signal, 'abort').length, 2);
  await lab.backend.run(Infinity);
  await both;
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});
