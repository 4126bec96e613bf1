// A story told from a recording: its world is the one that the run reports.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storyOf } from '../../site/story/steps.js';
import { all } from '../live/support/native.js';

/** @import { Bundle, Ev } from '../../element/types.js' */

/** Sets and maps have no order of their own. @param {object} world */
const sorted = (world) => JSON.parse(JSON.stringify(world), (_, it) =>
  (it && typeof it === 'object' && !Array.isArray(it)
    ? Object.fromEntries(Object.entries(it).sort()) : it));

for (const bundle of await all()) {
  test(`${bundle.id}: the world at the end of every story is that of the run`, () => {
    for (const { language, name, runs } of bundle.programs) {
      runs.forEach((run, at) => {
        const { end, steps } = storyOf(bundle, language, run.events);
        const which = `${language}/${name} at ${bundle.cells[at].cut}`;
        assert.deepEqual(sorted(end), sorted(run.end), which);
        assert.ok(steps.length > 0 && steps.every(({ text }) => /^[^{}]*[.]$/.test(text)), which);
      });
    }
  });
}

test('an item joins a queue before it leaves it, and no task acts before it begins', () => {
  const bundle = /** @type {Bundle} */ (/** @type {unknown} */ ({
    places: { queue: { kind: 'queue', noun: 'message', about: '' } }, probes: [], steps: [], who: 'client',
  }));
  const events = /** @type {Ev[]} */ ([
    [0, 'a', 'task-spawned'], [0, 'a', 'effect', 'queue', 'pop', 'm'],
    [0, 'b', 'task-spawned', 'c'], [0, 'b', 'task-finished'],
    [0, 'c', 'task-spawned'], [0, 'c', 'effect', 'queue', 'push', 'm'],
  ]);
  assert.deepEqual(storyOf(bundle, 'rust', events).steps.map(({ text }) => text), [
    'The client, a, begins.', 'The client, c, begins.', 'c starts the task b.', 'b is over.',
    'Message m joins the queue (for c).', 'Message m leaves the queue (for a).',
  ]);
});
