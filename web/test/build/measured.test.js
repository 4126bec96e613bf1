// What a page says a call costs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measured, measuredCosts } from '../../build/measured.js';
import { all } from '../live/support/native.js';

const report = {
  arms: [{
    arm: 'tokio-current-thread',
    scenarios: [{
      id: 'save-file',
      programs: [
        { variant: 'naive', ns: 200, allocs: 5 },
        { variant: 'spawn', ns: 500, allocs: 6 },
        { variant: 'drop-guard', ns: 219, allocs: 1 },
      ],
    }],
  }, {
    arm: 'node',
    scenarios: [{ id: 'save-file', programs: [{ variant: 'naive', ns: 12_400, allocs: null }] }],
  }],
};

/** @param {'rust' | 'go' | 'js'} language @param {string} name */
const said = (language, name, id = 'save-file') => measured(report, { id }, { language, name });

test('the plain program is compared with nothing', () => {
  assert.deepEqual(said('rust', 'naive'), ['Uncut, a call takes 200 ns and 5 allocations (tokio, one thread).']);
});

test('a remedy is compared with the plain program, and with a handler of 1 ms', () => {
  assert.deepEqual(said('rust', 'spawn'), ['Uncut, a call takes 500 ns and 6 allocations (tokio, one thread): 2.5 times naive, 0.03 % of a handler that takes 1 ms.']);
});

test('less than a tenth is noise', () => {
  assert.deepEqual(said('rust', 'drop-guard'), ['Uncut, a call takes 219 ns and 1 allocation (tokio, one thread): not measurably more than naive.']);
});

test('V8 counts no allocations', () => {
  assert.deepEqual(said('js', 'naive'), ['Uncut, a call takes 12 µs (Node).']);
});

test('there is no sentence where nothing was measured', () => {
  for (const none of [said('go', 'naive'), said('rust', 'token-guard'), said('rust', 'naive', 'receive')]) assert.deepEqual(none, []);
});

test('every program that was measured is one of the catalogue, by name', async () => {
  const { arms } = await measuredCosts();
  const bundles = await all();
  const languages = /** @type {const} */ (['rust', 'go', 'js']);
  const known = languages.map((language) => bundles.flatMap((bundle) => bundle.programs
    .filter((one) => one.language === language && measured({ arms }, bundle, one).length)).length);
  const there = ['tokio-current-thread', 'go', 'node'].map((name) => arms
    .filter(({ arm }) => arm === name).flatMap(({ scenarios }) => scenarios.flatMap(({ programs }) => programs)).length);
  assert.deepEqual(known, there);
  assert.ok(there.every((count) => count > 0));
});
