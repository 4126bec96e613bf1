// The instant of cancellation and its one text.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { formatCut, parseCut } from '../index.js';

/** @import { Cut } from '../lab/cut.js' */

/** @type {[string, Cut][]} */
const TEXTS = [
  ['none', { kind: 'none' }],
  ['at-once', { kind: 'at-once' }],
  ['0ms', { kind: 'instant', ms: 0 }],
  ['9007199254740991ms', { kind: 'instant', ms: Number.MAX_SAFE_INTEGER }],
  ['after-effect-2', { kind: 'after-effect', n: 2 }],
  ['after-effect-4294967295', { kind: 'after-effect', n: 0xffff_ffff }],
  ['suspension-1-before-wake', { kind: 'suspension', k: 1, wake: 'before' }],
  ['suspension-20-after-wake', { kind: 'suspension', k: 20, wake: 'after' }],
];

test('each cut has one text', () => {
  for (const [text, cut] of TEXTS) {
    assert.deepEqual(parseCut(text), cut);
    assert.equal(formatCut(cut), text);
  }
  assert.equal(formatCut(parseCut('0510ms')), '510ms');
});

test('an invalid cut is an error that says why', () => {
  for (const [text, why] of /** @type {[string, RegExp][]} */ ([
    ['', /write `none`/], ['None', /write `none`/], ['510', /write `none`/],
    ['510ms ', /write `none`/], ['5.5ms', /write `none`/],
    ['-1ms', /begins at 0 ms/], ['9007199254740992ms', /more than 2\^53 - 1/],
    ['after-effect-0', /starts at 1/], ['after-effect-4294967296', /write/],
    ['suspension-0-after-wake', /starts at 1/],
    ['suspension-1-during-wake', /write `none`/],
  ])) {
    assert.throws(() => parseCut(text), (error) => {
      assert.ok(error instanceof Error);
      assert.ok(error.message.startsWith(`invalid cut \`${text}\`: `));
      assert.match(error.message, why);
      return true;
    });
  }
});
