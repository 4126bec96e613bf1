import assert from 'node:assert/strict';
import { test } from 'node:test';

import { loadScenario } from '../index.js';
import { runAborted } from './support/run.js';

test('aborted before the call, only signal-each-round writes nothing', async () => {
  const scenario = await loadScenario('graceful-stop');
  for (const [variant, rounds] of /** @type {const} */ ([
    ['no-signal', 5], ['signal-inside', 1], ['signal-each-round', 0],
  ])) {
    const { end } = await runAborted(scenario, variant);
    assert.deepEqual(end.world.ledger,
      { set: ['1', '2', '3', '4', '5'].slice(0, rounds) }, variant);
  }
});
