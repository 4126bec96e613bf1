// The benchmark of `just bench-cost`: every variant is measured.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { measure, programs } from '../bench/cost.js';

const IDS = ['save-file', 'graceful-stop'];

for (const [scenario, variant] of programs(IDS)) {
  test(`${scenario}/${variant} is measured`, async () => {
    const { wall_ns: took, allocs } = await measure(scenario, variant, 16);
    assert.ok(took > 0);
    assert.equal(allocs, null);
  });
}

test('an unknown program is an error', async () => {
  await assert.rejects(measure('save-file', 'nive', 8), /no variant `nive`/);
  await assert.rejects(measure('save-fiel', 'naive', 8), /no scenario `save-fiel`/);
});
