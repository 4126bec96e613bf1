import assert from 'node:assert/strict';
import { test } from 'node:test';

import { signalFinally } from '../scenarios/save-file.js';

/** @import { Env } from '../scenarios/save-file.js' */

test('signalFinally unlocks when its undo fails', async () => {
  let locked = false;
  const unused = async () => assert.fail('not called');
  /** @type {Env} */
  const env = {
    at: async (_step, promise) => promise,
    fs: {
      writeFile: async () => {
        throw new Error('disk full');
      },
      rm: async () => {
        throw new Error('read-only');
      },
      rename: unused,
      unlink: unused,
    },
    sleep: unused,
    lock: {
      async acquire() {
        locked = true;
        return () => { locked = false; };
      },
    },
    index: new Set(),
    quota: 2,
    lag: 1,
  };
  const { signal } = new AbortController();
  await assert.rejects(
    async () => signalFinally(env, { name: 'a', text: '' }, { signal }),
    // As its comment says: the error of the undo hides the first one.
    /^Error: read-only$/);
  assert.equal(locked, false);
});
