import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as programs from '../scenarios/futurelock.js';

/** @import { Env } from '../scenarios/futurelock.js' */

test('raceSignal ignores the AbortError of the first work, and no other error',
  async () => {
    /** @param {unknown} error with which the first work rejects */
    const run = (error) => {
      let fail = () => {};
      /** @type {Promise<string>} */
      const first = new Promise((_, reject) => {
        fail = () => reject(error);
      });
      /** @type {Env} */
      const env = {
        at: async (_step, promise) => promise,
        sleep: async () => assert.fail('not called'),
        task: () => first,
        other: Promise.resolve('other'),
        lock: {
          async acquire() {
            fail();
            return () => {};
          },
        },
        done: new Set(),
      };
      return programs.raceSignal(env);
    };
    assert.equal(await run(AbortSignal.abort().reason), 'other');
    await assert.rejects(run(new Error('disk full')), /disk full/);
  });
