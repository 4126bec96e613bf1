import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';

import { loadScenario, runVirtual } from '../index.js';

test('when the bell wins, cleared removes its abort listener, raced does not',
  async () => {
    const scenario = await loadScenario('poll-by-hand');
    for (const [variant, listeners] of /** @type {const} */ ([
      ['no-signal', 0], ['raced', 1], ['cleared', 0],
    ])) {
      const { signal } = new AbortController();
      const program = scenario.programs[variant];
      const programs = {
        [variant]: (/** @type {unknown} */ env) => program(env, { signal }),
      };
      await runVirtual({ ...scenario, programs }, variant, { kind: 'none' });
      assert.equal(getEventListeners(signal, 'abort').length, listeners, variant);
    }
  });
