// Four programs that are told to end, and how a run ends with its process.
//
// Job 1 comes at 0 and is done at 10, job 2 comes at 4 and is done at 14; no more
// come at 20.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseCut, runVirtual } from '../index.js';
import { fold, touched } from './support/fold.js';
import { answers, effects, of, runsOf, scenarioOf, waits } from './support/run.js';

/** @import { NameSet, Scenario, Task } from '../lab/types.js' */

const run = runsOf('shutdown');
const VARIANTS = Object.keys(scenarioOf('shutdown').variants);

/** @param {string[]} accepted @param {string[]} finished */
const jobs = (accepted, finished) => ({
  accepted: { set: accepted }, finished: { set: finished }, refused: { set: [] },
});

test('never told: both jobs are done, the process ends at 20', async () => {
  for (const variant of VARIANTS) {
    const { events, end } = await run(variant, 'none');
    assert.deepEqual(effects(events), [
      '0 a accepted add 1', '4 a accepted add 2',
      '10 a.1 finished add 1', '14 a.2 finished add 2',
    ], variant);
    assert.deepEqual(waits(events).filter((it) => !it.includes(' 3')), [
      '0 a begun 1', '0 a ended 1', '0 a.1 begun 2', '0 a begun 1', '4 a ended 1',
      '4 a.2 begun 2', '4 a begun 1', '10 a.1 ended 2', '14 a.2 ended 2',
      '20 a ended 1',
    ], variant);
    assert.deepEqual(answers(events), ['20 a exit 0'], variant);
    assert.deepEqual(of(events, 'process-ended'), ['20 a'], variant);
    assert.equal(events.at(-1)?.code, 0);
    assert.deepEqual(end,
      { ending: 'process', left: [], world: jobs(['1', '2'], ['1', '2']) }, variant);
  }
});

/** When it is told, which jobs it has by then, when each of these is done. */
const TOLD = /** @type {[string, number, string[], number[]][]} */ ([
  ['at-once', 0, [], []], ['2ms', 2, ['1'], [10]],
  ['7ms', 7, ['1', '2'], [10, 14]], ['12ms', 12, ['1', '2'], [10, 14]],
  ['17ms', 17, ['1', '2'], [10, 14]],
]);

test('main-returns: answers at once, ends with the last timer', async () => {
  for (const [cut, at, accepted, done] of TOLD) {
    const { events, end } = await run('main-returns', cut);
    assert.deepEqual(answers(events), [`${at} a exit 0`], cut);
    assert.ok(of(events, 'task-finished').includes(`${at} a`), cut);
    assert.deepEqual(of(events, 'process-ended'),
      [`${Math.max(at, ...done)} a`], cut);
    assert.deepEqual(end.world, jobs(accepted, accepted), cut);
  }
});

test('exit: nothing happens after it', async () => {
  for (const [cut, at, accepted, done] of TOLD) {
    const { events, end } = await run('exit', cut);
    assert.deepEqual(answers(events), [`${at} a exit 0`], cut);
    assert.deepEqual(
      events.slice(-2).map(({ kind, code }) => `${kind} ${code ?? ''}`),
      ['returned ', 'process-ended 0'], cut);
    assert.deepEqual(of(events, 'process-ended'), [`${at} a`], cut);
    assert.deepEqual(end.world,
      jobs(accepted, accepted.filter((_, i) => done[i] <= at)), cut);
    assert.deepEqual([end.ending, end.left], ['process', []], cut);
  }
});

test('exit-drained: waits in (3), then ends', async () => {
  for (const [cut, at, accepted, done] of TOLD) {
    const { events, end } = await run('exit-drained', cut);
    const ends = Math.max(at, ...done);
    assert.deepEqual(answers(events), [`${ends} a exit 0`], cut);
    assert.deepEqual(of(events, 'process-ended'), [`${ends} a`], cut);
    // By exit, and not because nothing was left to wait for.
    assert.deepEqual(events.slice(-2).map(({ kind }) => kind),
      ['returned', 'process-ended'], cut);
    assert.deepEqual(waits(events).filter((it) => it.includes(' 3')),
      [`${at} a begun 3`, `${ends} a ended 3`], cut);
    assert.deepEqual(end.world, jobs(accepted, accepted), cut);
  }
});

test('signal-refuses: what is under way is refused, and the process ends',
  async () => {
    for (const [cut, at, accepted, done] of TOLD) {
      const { events, end } = await run('signal-refuses', cut);
      assert.deepEqual(answers(events), [`${at} a exit 0`], cut);
      assert.deepEqual(of(events, 'process-ended'), [`${at} a`], cut);
      const finished = accepted.filter((_, i) => done[i] <= at);
      const refused = accepted.filter((_, i) => done[i] > at);
      assert.deepEqual(end.world,
        { ...jobs(accepted, finished), refused: { set: refused } }, cut);
      assert.deepEqual([end.ending, end.left], ['process', []], cut);
    }
  });

test('exit-drained: a job that failed is told by the code', async () => {
  for (const [failing, code] of /** @type {const} */ ([[[], 0], [['2'], 1]])) {
    const coming = ['1', '2'];
    const finished = new Set();
    /** @type {number[]} */
    const codes = [];
    const env = {
      at: (/** @type {number} */ _step, /** @type {unknown} */ it) => it,
      sleep: async () => {},
      accept: async () => coming.shift(),
      finished: {
        add(/** @type {string} */ job) {
          if (failing.some((it) => it === job)) throw new Error(`job ${job}`);
          finished.add(job);
        },
      },
      exit: (/** @type {number} */ it) => codes.push(it),
      task: (/** @type {(_: unknown) => unknown} */ start) => start(env),
    };
    await scenarioOf('shutdown').variants['exit-drained'](env);
    assert.deepEqual(codes, [code]);
    assert.deepEqual([...finished], ['1', '2'].filter((it) => it !== failing[0]));
  }
});

test('told when the process is gone: the run is the uncut one', async () => {
  for (const variant of VARIANTS) {
    assert.deepEqual(await run(variant, '25ms'), await run(variant, 'none'), variant);
  }
});

/**
 * @callback Main
 * @param {Task} task
 * @param {NameSet} done
 * @returns {Promise<unknown>}
 */

/**
 * Runs a program that is made up for the test.
 * @param {Main} main
 */
async function ended(main) {
  /** @type {Scenario<Main>} */
  const scenario = {
    id: 'made-up', who: 'inside', caller: 'a', probes: [], steps: {},
    endsProcess: true, variants: { main },
    stage(lab) {
      const done = lab.set('done');
      return { call: (program, task) => program(task, done.for(task.name)) };
    },
  };
  const { events, end } = await runVirtual(scenario, 'main', parseCut('none'));
  assert.deepEqual(touched(fold(events)), touched(end.world));
  assert.equal(end.ending, 'process');
  const { at_ms, kind, code } = events.at(-1) ?? {};
  assert.equal(kind, 'process-ended');
  return { events, said: `${answers(events)} | ${code} at ${at_ms}`, end };
}

test('exit never returns: what stands behind it is in no run', async () => {
  const { said, end } = await ended(async ({ name, sleep, exit, spawn }, done) => {
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
  assert.equal(said, '0 a exit 3 | 3 at 0');
  assert.deepEqual(end.world, { done: { set: ['a'] } });
});

test('main is rejected: the process ends with 1, at once', async () => {
  const { said, end } = await ended(async ({ sleep, spawn }, done) => {
    void spawn(async ({ sleep }) => {
      await sleep(5);
      done.add('too late');
    });
    await sleep(2);
    throw new Error('no');
  });
  assert.equal(said, '2 a no | 1 at 2');
  assert.deepEqual(end.world, { done: { set: [] } });
});

test('main waits for what never comes: the process ends all the same', async () => {
  const { said } = await ended(async ({ sleep }) => {
    await sleep(3);
    return new Promise(() => {});
  });
  assert.equal(said, ' | 0 at 3');
});
