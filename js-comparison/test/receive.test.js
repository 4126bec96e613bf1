// Three loops, given up while they wait and while they pass on.
//
// Messages come at 0, 10 and 20, the queue closes at 31; passing on takes 3; beats
// are due at 6, 12, 18, 24 and 30.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseCut, runVirtual } from '../index.js';
import { Queue } from '../lab/queue.js';
import { Recorder } from '../lab/recorder.js';
import { answers, effects, of, runsOf, scenarioOf, waits } from './support/run.js';

/** @import { Event } from '../lab/recorder.js' */

const scenario = scenarioOf('receive');
const run = runsOf('receive');
const VARIANTS = Object.keys(scenario.variants);

/** @param {Event[]} events */
const ofCaller = (events) => events.filter(({ task }) => task === 'a');

/**
 * @param {string[]} passed
 * @param {string[]} queue
 */
const world = (passed, queue) => ({
  passed: { set: passed }, queue: { queue }, sent: { set: ['m1', 'm2', 'm3'] },
});

test('the sender begins first, and sends whatever becomes of the loop',
  async () => {
    for (const variant of VARIANTS) {
      for (const cut of ['none', 'at-once', '8ms', '36ms']) {
        const { events, end } = await run(variant, cut);
        assert.deepEqual(
          events.slice(0, 4).map(({ task, kind, parent, op }) =>
            [task, kind, parent, op].join(' ').trim()),
          ['sender task-spawned', 'sender effect  add', 'sender effect  push',
            'a task-spawned']);
        assert.deepEqual(
          effects(events).filter((it) => it.includes('sent')),
          ['0 sender sent add m1', '10 sender sent add m2',
            '20 sender sent add m3']);
        assert.ok(of(events, 'task-finished').includes('31 sender'));
        assert.deepEqual([end.ending, end.left], ['quiet', []]);
      }
    }
  });

test('nobody gives up: kept-next and signal-take pass all on', async () => {
  for (const variant of ['kept-next', 'signal-take']) {
    const { events, end } = await run(variant, 'none');
    assert.deepEqual(effects(ofCaller(events)), [
      '0 a queue pop m1', '3 a passed add m1', '10 a queue pop m2',
      '13 a passed add m2', '20 a queue pop m3', '23 a passed add m3',
    ], variant);
    // The beat of 12 is late: it comes at 13, and the next one at 18.
    assert.deepEqual(
      waits(ofCaller(events)).filter((it) => it.includes('ended')),
      ['0 a ended 1', '3 a ended 2', '6 a ended 1', '10 a ended 1',
        '13 a ended 2', '13 a ended 1', '18 a ended 1', '20 a ended 1',
        '23 a ended 2', '24 a ended 1', '30 a ended 1', '31 a ended 1'], variant);
    assert.deepEqual(answers(events), ['31 a 3 passed'], variant);
    assert.deepEqual(end.world, world(['m1', 'm2', 'm3'], []), variant);
  }
});

test('raced-next loses what comes after a beat, cut or no cut', async () => {
  for (const [cut, answer, queue] of /** @type {[string, string, string[]][]} */ ([
    ['none', '31 a 1 passed', []],
    // In line once when it was given up: for m2. m3 stays in the queue.
    ['4ms', '4 a AbortError', ['m3']],
    ['8ms', '8 a AbortError', []],
    ['27ms', '27 a AbortError', []],
  ])) {
    const { events, end } = await run('raced-next', cut);
    assert.deepEqual(answers(events), [answer], cut);
    assert.deepEqual(end.world, world(['m1'], queue), cut);
  }
});

test('raced-next waits in the steps of the others', async () => {
  const { events } = await run('raced-next', 'none');
  assert.deepEqual(waits(ofCaller(events)).slice(0, 6), [
    '0 a begun 1', '0 a ended 1', '0 a begun 2', '3 a ended 2', '3 a begun 1',
    '6 a ended 1',
  ]);
});

test('given up in (1): kept-next takes one more, signal-take none', async () => {
  for (const [cut, passed, queue] of /** @type {[string, string[], string[]][]} */ ([
    ['4ms', ['m1'], ['m2', 'm3']],
    ['8ms', ['m1'], ['m2', 'm3']],
    ['15ms', ['m1', 'm2'], ['m3']],
    ['19ms', ['m1', 'm2'], ['m3']],
  ])) {
    for (const variant of ['kept-next', 'signal-take']) {
      const { events, end } = await run(variant, cut);
      const ms = Number.parseInt(cut, 10);
      assert.deepEqual(answers(events), [`${ms} a AbortError`], variant);
      assert.deepEqual(of(events, 'cancel-noticed'), [`${ms} a`], variant);
      const kept = variant === 'kept-next' ? queue.slice(1) : queue;
      assert.deepEqual(end.world, world(passed, kept), `${variant} ${cut}`);
    }
  }
});

test('given up in (1) when no message is to come: nothing is lost', async () => {
  for (const variant of ['kept-next', 'signal-take']) {
    for (const cut of ['23ms', '27ms', '30ms']) {
      const { end } = await run(variant, cut);
      assert.deepEqual(end.world, world(['m1', 'm2', 'm3'], []), variant);
    }
  }
});

test('given up in (2), or at once: the message in hand is passed on', async () => {
  for (const variant of VARIANTS) {
    for (const cut of ['at-once', '1ms']) {
      const { events, end } = await run(variant, cut);
      assert.deepEqual(answers(events), ['3 a AbortError'], variant);
      assert.deepEqual(end.world, world(['m1'], ['m2', 'm3']), variant);
    }
  }
  for (const variant of ['kept-next', 'signal-take']) {
    const { events, end } = await run(variant, '11ms');
    assert.deepEqual(answers(events), ['13 a AbortError'], variant);
    assert.deepEqual(end.world, world(['m1', 'm2'], ['m3']), variant);
  }
});

test('given up before the call: nothing is taken', async () => {
  for (const [variant, program] of Object.entries(scenario.variants)) {
    const early = (/** @type {unknown} */ env) =>
      program(env, { signal: AbortSignal.abort() });
    const { end } = await runVirtual(
      { ...scenario, variants: { early } }, 'early', parseCut('none'));
    assert.deepEqual(end.world, world([], ['m1', 'm2', 'm3']), variant);
  }
});

/**
 * Runs a program whose beats, messages and abort come when the test says so.
 * @param {string} variant
 * @param {('beat' | 'push' | 'abort')[]} happens all in one turn of the loop
 */
async function inOneTurn(variant, happens) {
  const controller = new AbortController();
  const queue = new Queue(new Recorder(() => 0), 'queue');
  const passed = new Set();
  let beat = () => {};
  /** @param {number} _ms @param {unknown} value @param {{ signal: AbortSignal }} o */
  const setInterval = (_ms, value, { signal }) => ({
    next: () => new Promise((resolve, reject) => {
      beat = () => resolve({ done: false, value });
      signal.addEventListener('abort', () => reject(signal.reason));
    }),
    return: async () => {},
  });
  const ended = scenario.variants[variant]({
    at: (/** @type {number} */ _step, /** @type {unknown} */ it) => it,
    sleep: async () => {}, setInterval, inbox: queue.for('a'), passed,
  }, { signal: controller.signal }).catch(() => {});
  const events = {
    beat: () => beat(),
    push: () => queue.push('sender', 'm'),
    abort: () => controller.abort(),
  };
  for (const event of happens) events[event]();
  queue.close();
  await ended;
  return { passed: [...passed], waiting: queue.state().queue };
}

test('signal-take loses nothing, whatever comes in the same turn', async () => {
  for (const happens of /** @type {('beat' | 'push' | 'abort')[][]} */ ([
    ['beat', 'push'], ['push', 'beat'], ['push', 'abort'],
    ['beat', 'push', 'abort'], ['push', 'beat', 'abort'],
  ])) {
    assert.deepEqual(await inOneTurn('signal-take', happens),
      { passed: ['m'], waiting: [] }, happens.join());
    // The others do not hold that, or this test would show nothing.
    if (happens.includes('abort')) {
      assert.deepEqual(await inOneTurn('kept-next', happens),
        { passed: [], waiting: [] }, happens.join());
    }
  }
  for (const happens of /** @type {('beat' | 'push' | 'abort')[][]} */ ([
    ['abort', 'push'], ['beat', 'abort', 'push'], ['abort', 'beat', 'push'],
  ])) {
    assert.deepEqual(await inOneTurn('signal-take', happens),
      { passed: [], waiting: ['m'] }, happens.join());
  }
});
