// The driver, with programs and worlds made for the tests.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseCut, runVirtual } from '../index.js';
import { fold, nonEmpty } from './support/fold.js';
import { madeUp, of, returned } from './support/run.js';

/** @import { Contract, CreateWorld } from '../lab/scenario.js' */
/** @import { NameSet, Task } from '../lab/types.js' */

/**
 * @callback Program
 * @param {Task} task
 * @param {NameSet} done
 * @param {AbortSignal} signal
 * @param {Promise<void>} event
 * @returns {Promise<unknown>}
 */

/** @type {CreateWorld<Program>} */
const defaultWorld = (lab) => {
  const done = lab.set('done');
  let fire = () => {};
  const event = new Promise((/** @type {(_: void) => void} */ resolve) => {
    fire = resolve;
  });
  return {
    call: (run, task, signal) => run(task, done.for(task.name), signal, event),
    fire,
  };
};

/**
 * @param {Program} program
 * @param {string} cut
 * @param {Partial<Contract>} [contract]
 * @param {CreateWorld<Program>} [createWorld]
 */
function drive(program, cut, contract, createWorld = defaultWorld) {
  const scenario = madeUp(program, createWorld, { probes: ['b'], ...contract });
  return runVirtual(scenario, 'only', parseCut(cut));
}

/** @type {Program} */
const slowToStop = async ({ name, sleep }, done, signal) => {
  await sleep(10);
  signal.throwIfAborted();
  done.add(name);
  return 'done';
};

test('in-process: the caller is released when it is answered',
  async () => {
    const { events } = await drive(slowToStop, '5ms', { who: 'in-process' });
    // Cut at 5, answered at 10, so b starts at 11 and is done at 21.
    assert.deepEqual(of(events, 'cancel-requested'), ['5 a']);
    assert.deepEqual(of(events, 'cancel-noticed'), ['10 a']);
    assert.deepEqual(returned(events), ['10 a AbortError', '21 b done']);
  });

test('inside: the event is fired, nothing is aborted', async () => {
  /** @type {Program} */
  const untilEvent = async ({ sleep }, _done, signal, event) => {
    const won = await Promise.race([event.then(() => 'event'), sleep(10, 'time')]);
    return `${won}, ${signal.aborted}`;
  };
  /** @type {Partial<Contract>} */
  const inside = { who: 'inside', probes: [] };
  const cut = await drive(untilEvent, '5ms', inside);
  assert.deepEqual(returned(cut.events), ['5 a event, false']);
  const uncut = await drive(untilEvent, 'none', inside);
  assert.deepEqual(returned(uncut.events), ['10 a time, false']);
});

test('a caller that waits for ever is not released, and the run ends', async () => {
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
  const { end } = await drive(endless, '12ms', { horizon_ms: 35, probes: [] });
  assert.deepEqual(end, {
    ending: 'horizon',
    world: { done: { set: ['a1', 'a2', 'a3'] } },
    left: [{ what: 'timer', name: 'a' }],
  });
});

test('a cut after the horizon is not reached', async () => {
  const { events, end } = await drive(slowToStop, '90ms', { horizon_ms: 35 });
  assert.equal(end.ending, 'unrealized');
  assert.deepEqual(of(events, 'cancel-requested'), []);
  // The timer of the driver is not left over.
  assert.deepEqual(end.left, []);
});

test('what happens after the end is not recorded', async () => {
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

test('an error that is thrown synchronously is returned', async () => {
  const { events } = await drive(() => {
    throw new Error('no');
  }, 'none', { probes: [] });
  assert.deepEqual(returned(events), ['0 a no']);
});

test('a returned value that has no string fails the run', async () => {
  const noString = Object.create(null);
  await assert.rejects(drive(async () => noString, 'none'), TypeError);
  await assert.rejects(drive(() => Promise.reject(noString), '5ms'), TypeError);
});

test('virtual time has no cuts after effects', async () => {
  await assert.rejects(drive(slowToStop, 'after-effect-1'),
    /^Error: no after-effect in virtual time$/);
});

test('a change that was not reported shows in the world', async () => {
  const names = new Set(/** @type {string[]} */ ([]));
  const { events, end } = await drive(async () => {
    names.add('x');
  }, 'none', { probes: [] }, (lab) => {
    const done = lab.set('done', names);
    return {
      call: (run, task, signal) =>
        run(task, done.for(task.name), signal, Promise.resolve()),
    };
  });
  assert.deepEqual(end.world, { done: { set: ['x'] } });
  assert.notDeepEqual(nonEmpty(fold(events)), nonEmpty(end.world));
});

test('adding twice or deleting nothing is no effect', async () => {
  const { events, end } = await drive(async (_task, done) => {
    done.add('x');
    done.add('x');
    done.delete('y');
    done.add('z');
    done.delete('z');
  }, 'none', { probes: [] });
  assert.deepEqual(nonEmpty(fold(events)), nonEmpty(end.world));
  assert.deepEqual(end.world, { done: { set: ['x'] } });
});

test('places and their content are sorted by name', async () => {
  const { end } = await drive(async () => {}, 'none', { probes: [] }, (lab) => {
    const [z, a] = [lab.set('z'), lab.set('a')];
    return {
      call: async () => {
        for (const name of ['2', '3', '1']) z.for('a').add(name);
        a.for('a').add('only');
      },
    };
  });
  assert.equal(JSON.stringify(end.world),
    '{"a":{"set":["only"]},"z":{"set":["1","2","3"]}}');
});

test('at once: the synchronous part of the program runs before the cut', async () => {
  const { events } = await drive(async ({ name }, done, signal) => {
    done.add(name);
    await Promise.resolve();
    signal.throwIfAborted();
  }, 'at-once', { probes: [] });
  assert.deepEqual(events.map(({ kind }) => kind),
    ['task-spawned', 'effect', 'cancel-requested', 'cancel-noticed', 'task-finished']);
});

test('inside, at once: the event comes before the first step', async () => {
  const { events } = await drive(async ({ name }, done) => {
    done.add(name);
  }, 'at-once', { who: 'inside', probes: [] });
  assert.deepEqual(events.slice(0, 3).map(({ kind }) => kind),
    ['task-spawned', 'cancel-requested', 'effect']);
});

test('a cut comes after everything that is due at its instant', async () => {
  const { events } = await drive(slowToStop, '10ms');
  assert.deepEqual(returned(events), ['10 a done', '21 b done']);
  assert.deepEqual(of(events, 'cancel-requested'), ['10 a']);
});

test('a client that has left gets no answer, and the probes start', async () => {
  const { events } = await drive(slowToStop, '5ms');
  assert.deepEqual(returned(events), ['16 b done']);
  assert.deepEqual(of(events, 'task-finished'), ['10 a', '16 b']);
});
