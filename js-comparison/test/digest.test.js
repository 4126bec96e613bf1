import assert from 'node:assert/strict';
import { test } from 'node:test';

import { digest } from '../lab/digest.js';

test('has the published values of FNV-1a', () => {
  assert.equal(digest(''), '811c9dc5');
  assert.equal(digest('a'), 'e40c292c');
  assert.equal(digest('foobar'), 'bf9cf968');
});

test('hashes the bytes of UTF-8, and keeps leading zeros', () => {
  // "é" is c3 a9; this is the same arithmetic with BigInt.
  const step = (/** @type {bigint} */ hash, /** @type {bigint} */ byte) =>
    ((hash ^ byte) * 0x01000193n) % (1n << 32n);
  const by = step(step(0x811c9dc5n, 0xc3n), 0xa9n);
  assert.equal(digest('é'), by.toString(16).padStart(8, '0'));
  for (let i = 0; i < 2000; i += 1) assert.match(digest(`${i}`), /^[0-9a-f]{8}$/);
});
