// Old ids lead to those of today.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renamed } from '../../build/renamed.js';

test('a scenario that was renamed twice has its last name', () => {
  const text = '# comment -> here\nsave-file\nstore -> keep\nkeep -> save-file\n';
  assert.deepEqual(renamed(text, ['save-file']), [['store', 'save-file'], ['keep', 'save-file']]);
});

test('a name that leads to no scenario, or in a circle', () => {
  assert.throws(() => renamed('store -> gone\n', ['save-file']), /store became gone, which is not recorded/);
  assert.throws(() => renamed('a -> b\nb -> a\n', ['save-file']), /a is renamed in a circle/);
});
