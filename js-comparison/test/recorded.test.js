// The programs against their recordings. (`just compare` also compares verdicts.)

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createRequest } from '../runner/request.js';
import { run } from '../runner/run.js';
import { recordings } from './support/recorded.js';


const RECORDED = await recordings();

/** @param {string} scenario @param {string} variant @param {string} cut */
const runOf = async (scenario, variant, cut) =>
  run(await createRequest({ scenario, variant, cut, mode: 'virtual' }));

/**
 * In the order of the recordings: tasks at one instant have no order.
 * @template {{ at_ms: number, task: string }} E
 * @param {E[]} events
 */
const normalized = (events) => events
  .map((event) => ({ ...event, seq: undefined }))
  .sort((a, b) =>
    a.at_ms - b.at_ms || (a.task < b.task ? -1 : Number(a.task > b.task)));

test('without a cut, the events and the end are those recorded', async () => {
  for (const { scenario, variant, uncut } of RECORDED) {
    const { events, end } = await runOf(scenario, variant, 'none');
    assert.deepEqual(normalized(events), normalized(uncut.events),
      `${scenario}/${variant}`);
    assert.deepEqual({ ...end }, uncut.end, `${scenario}/${variant}`);
  }
});

test('at each cut, the caller\'s effects after it are those recorded', async () => {
  for (const { scenario, variant, cells } of RECORDED) {
    for (const { cut, facts } of cells) {
      const { events } = await runOf(scenario, variant, cut);
      const from = events.findIndex(({ kind }) => kind === 'cancel-requested');
      const after = events.slice(from)
        .filter(({ kind, task }) => kind === 'effect' && /^a(\.|$)/.test(task));
      const recorded = (facts.effects_after ?? [])
        .map((effect) => ({ ...effect, kind: 'effect' }));
      assert.deepEqual(normalized(after), normalized(recorded),
        `${scenario}/${variant} ${cut}`);
    }
  }
});
