// The driver beyond save-file: other callers, other endings, planted faults.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseCut, runVirtual } from '../index.js';
import { fold, touched } from './support/fold.js';
import { answers, effects, of } from './support/run.js';

/** @import { NameSet, Scenario, Task } from '../lab/types.js' */

/**
 * @callback Program
 * @param {Task} task
 * @param {NameSet} done
 * @param {AbortSignal} signal
 * @param {Promise<void>} event
 * @returns {Promise<unknown>}
 */

/**
 * Runs a program as the only variant of a scenario made up for the test.
 * @param {Program} program
 * @param {string} cut
 * @param {Partial<Scenario<Program>>} [registration]
 */
function drive(program, cut, registration) {
  /** @type {Scenario<Program>} */
  const scenario = {
    id: 'made-up', who: 'client', caller: 'a', probes: ['b'], steps: {},
    variants: { only: program },
    stage(lab) {
      const done = lab.set('done');
      let fire = () => {};
      const event = new Promise((/** @type {(_: void) => void} */ resolve) => {
        fire = resolve;
      });
      return {
        call: (run, task, signal) => run(task, done.for(task.name), signal, event),
        fire,
      };
    },
    ...registration,
  };
  return runVirtual(scenario, 'only', parseCut(cut));
}

/** @type {Program} */
const slowToStop = async ({ name, sleep }, done, signal) => {
  await sleep(10);
  signal.throwIfAborted();
  done.add(name);
  return 'done';
};

test('in-process: the caller waits, is told, and only then released',
  async () => {
    const { events } = await drive(slowToStop, '5ms', { who: 'in-process' });
    // Cut at 5, answered at 10, so b starts at 11 and is done at 21.
    assert.deepEqual(of(events, 'cancel-requested'), ['5 a']);
    assert.deepEqual(of(events, 'cancel-noticed'), ['10 a']);
    assert.deepEqual(answers(events), ['10 a AbortError', '21 b done']);
  });

test('inside: the event is fired, nothing is aborted', async () => {
  /** @type {Program} */
  const untilEvent = async ({ sleep }, _done, signal, event) => {
    const won = await Promise.race([event.then(() => 'event'), sleep(10, 'time')]);
    return `${won}, ${signal.aborted}`;
  };
  /** @type {Partial<Scenario<Program>>} */
  const inside = { who: 'inside', probes: [] };
  const cut = await drive(untilEvent, '5ms', inside);
  assert.deepEqual(answers(cut.events), ['5 a event, false']);
  const uncut = await drive(untilEvent, 'none', inside);
  assert.deepEqual(answers(uncut.events), ['10 a time, false']);
});

test('who waits for ever is never released, and the run ends', async () => {
  const { events, end } = await drive(() => new Promise(() => {}), 'none');
  assert.deepEqual(events.map(({ kind }) => kind), ['task-spawned']);
  assert.equal(end.ending, 'quiet');
});

test('the horizon ends an endless worker; its timer is left', async () => {
  /** @type {Program} */
  const endless = async ({ name, sleep }, done) => {
    for (let tick = 1; ; tick += 1) {
      await sleep(10);
      done.add(`${name}${tick}`);
    }
  };
  const { end } = await drive(endless, '12ms', { horizon: 35, probes: [] });
  assert.deepEqual(end, {
    ending: 'horizon',
    world: { done: { set: ['a1', 'a2', 'a3'] } },
    left: [{ what: 'timer', name: 'a' }],
  });
});

test('a cut beyond the horizon is never reached', async () => {
  const { events, end } = await drive(slowToStop, '90ms', { horizon: 35 });
  assert.equal(end.ending, 'unrealized');
  assert.deepEqual(of(events, 'cancel-requested'), []);
  // What the driver itself had set is nobody's timer.
  assert.deepEqual(end.left, []);
});

test('what happens after the end is in no run', async () => {
  let goOn = () => {};
  const outside = new Promise((/** @type {(_: void) => void} */ resolve) => {
    goOn = resolve;
  });
  const { events } = await drive(async ({ name }, done) => {
    await outside;
    done.add(name);
  }, 'none', { probes: [] });
  goOn();
  await outside;
  assert.deepEqual(events.map(({ kind }) => kind), ['task-spawned']);
});

test('a program that throws at once is a rejection like any other', async () => {
  const { events } = await drive(() => {
    throw new Error('no');
  }, 'none', { probes: [] });
  assert.deepEqual(answers(events), ['0 a no']);
});

test('planted fault: an answer without a text is the run\'s own error', async () => {
  const mute = Object.create(null);
  await assert.rejects(drive(async () => mute, 'none'), TypeError);
  await assert.rejects(drive(() => Promise.reject(mute), '5ms'), TypeError);
});

test('no such variant, no such cut', async () => {
  const scenario = { id: 'made-up', variants: { only: null, other: null } };
  await assert.rejects(
    runVirtual(/** @type {any} */ (scenario), 'toString', parseCut('none')),
    /^Error: no variant `toString` of made-up; there are only, other$/);
  await assert.rejects(drive(slowToStop, 'after-effect-1'),
    /^Error: no after-effect in virtual time$/);
});

test('planted fault: a change that nobody reported is found', async () => {
  const real = new Set(/** @type {string[]} */ ([]));
  const { events, end } = await drive(async () => {
    real.add('behind the back');
  }, 'none', {
    probes: [],
    stage(lab) {
      const done = lab.set('done', real);
      return {
        call: (run, task, signal) =>
          run(task, done.for(task.name), signal, Promise.resolve()),
      };
    },
  });
  assert.deepEqual(end.world, { done: { set: ['behind the back'] } });
  assert.notDeepEqual(touched(fold(events)), touched(end.world));
});

test('near miss: adding twice or removing nothing is no effect', async () => {
  const { events, end } = await drive(async (_task, done) => {
    done.add('x');
    done.add('x');
    done.delete('y');
    done.add('z');
    done.delete('z');
  }, 'none', { probes: [] });
  assert.deepEqual(touched(fold(events)), touched(end.world));
  assert.deepEqual(end.world, { done: { set: ['x'] } });
});

test('the world is in the order of the names', async () => {
  const { end } = await drive(async () => {}, 'none', {
    probes: [],
    stage(lab) {
      const [z, a] = [lab.set('z'), lab.set('a')];
      return {
        call: async () => {
          for (const name of ['2', '3', '1']) z.for('a').add(name);
          a.for('a').add('only');
        },
      };
    },
  });
  assert.equal(JSON.stringify(end.world),
    '{"a":{"set":["only"]},"z":{"set":["1","2","3"]}}');
});

test('unlocking twice is an error of the program', async () => {
  const { events, end } = await drive(async () => {}, 'none', {
    probes: [],
    stage(lab) {
      const lock = lab.lock('lock');
      return {
        call: async (_run, task) => {
          const unlock = await lock.for(task.name).acquire();
          unlock();
          unlock();
        },
      };
    },
  });
  assert.deepEqual(answers(events), ['0 a unlocked twice']);
  assert.deepEqual(end.world, { lock: { flag: false } });
});

test('unlocking twice does not take the lock from who has it now', async () => {
  const { events, end } = await drive(async () => {}, 'none', {
    probes: [],
    stage(lab) {
      const lock = lab.lock('lock');
      return {
        call: async () => {
          const unlock = await lock.for('a').acquire();
          const next = lock.for('a.1').acquire();
          unlock();
          const unlockNext = await next;
          assert.throws(unlock, /^Error: unlocked twice$/);
          assert.deepEqual(lock.state(), { flag: true });
          unlockNext();
          return 'fine';
        },
      };
    },
  });
  assert.deepEqual(answers(events), ['0 a fine']);
  assert.deepEqual(effects(events), [
    '0 a lock raise a', '0 a lock lower a',
    '0 a.1 lock raise a.1', '0 a.1 lock lower a.1',
  ]);
  assert.deepEqual(end.world, { lock: { flag: false } });
});
