// How a run ends with its process.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { runVirtual } from '../index.js';
import { fold, nonEmpty } from './support/fold.js';
import { madeUp, returned } from './support/run.js';

/** @import { NameSet, Task } from '../lab/types.js' */

/**
 * @callback Main
 * @param {Task} task
 * @param {NameSet} done
 * @returns {Promise<unknown>}
 */

/**
 * Runs a program in a process that ends with it.
 * @param {Main} main
 */
async function run(main) {
  const scenario = madeUp(main, (lab) => {
    const done = lab.set('done');
    return {
      /** @param {Main} program */
      call: (program, task) => program(task, done.for(task.name)),
    };
  }, { who: 'inside', process: true });
  const { events, end } = await runVirtual(scenario, 'only', { kind: 'none' });
  assert.deepEqual(nonEmpty(fold(events)), nonEmpty(end.world));
  assert.equal(end.ending, 'process');
  const { at_ms, kind, code } = events.at(-1) ?? {};
  assert.equal(kind, 'process-ended');
  return { events, exit: `${returned(events)} | ${code} at ${at_ms}`, end };
}

test('exit never returns: what follows is not recorded', async () => {
  const { exit: exited, end } = await run(async ({ name, sleep, exit, spawn }, done) => {
    void spawn(async () => {
      await sleep(1);
      done.add('too late');
    });
    done.add(name);
    try {
      return exit(3);
    } catch {
      done.add('caught');
    } finally {
      done.add('finally');
    }
    await sleep(5);
    done.add('later');
    return 'returned';
  });
  assert.equal(exited, '0 a exit 3 | 3 at 0');
  assert.deepEqual(end.world, { done: { set: ['a'] } });
});

test('main is rejected: the process ends with 1, at once', async () => {
  const { exit: exited, end } = await run(async ({ sleep, spawn }, done) => {
    void spawn(async ({ sleep }) => {
      await sleep(5);
      done.add('too late');
    });
    await sleep(2);
    throw new Error('no');
  });
  assert.equal(exited, '2 a no | 1 at 2');
  assert.deepEqual(end.world, { done: { set: [] } });
});

test('main waits for ever: the process ends when no timer is left', async () => {
  const { exit: exited } = await run(async ({ sleep }) => {
    await sleep(3);
    return new Promise(() => {});
  });
  assert.equal(exited, ' | 0 at 3');
});
