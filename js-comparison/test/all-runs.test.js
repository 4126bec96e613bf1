// Properties of every run: all variants under all cuts.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';

import { digest } from '../lab/digest.js';
import { Lab } from '../lab/lab.js';
import { virtualBackend } from '../lab/virtual.js';
import { loadScenario } from '../index.js';
import { apply } from '../runner/fold.js';
import { createRequest } from '../runner/request.js';
import { run as runRequest } from '../runner/run.js';
import { fold, nonEmpty } from './support/fold.js';
import { allCells } from './support/cells.js';
import { requestLine, SCENARIOS, serve, VARIANTS } from './support/run.js';

const CELLS = await allCells();

/** @param {import('./support/cells.js').Cell} cell */
async function run({ scenario, variant, cut }) {
  return runRequest(
    await createRequest({ scenario, variant, cut, mode: 'virtual' }));
}

/** Every run, executed once for all tests. */
const RUNS = await (async () => {
  const runs = [];
  for (const cell of CELLS) {
    const name = `${cell.scenario}/${cell.variant} ${cell.cut}`;
    runs.push({ ...cell, name, ...await run(cell) });
  }
  return runs;
})();

test('the world at the end is the fold of the effects', async () => {
  for (const { name, events, end } of RUNS) {
    assert.deepEqual(nonEmpty(fold(events)), nonEmpty(end.world), name);
  }
});

test('the runner folds effects into the same world', async () => {
  for (const { name, scenario, events, end } of RUNS) {
    const lab = new Lab(virtualBackend());
    (await loadScenario(scenario)).createWorld(lab);
    const world = await lab.state();
    for (const event of events) apply(world, event);
    assert.deepEqual(world, end.world, name);
  }
});

test('events are numbered without a gap, and time does not run backwards', async () => {
  for (const { events } of RUNS) {
    let now = 0;
    for (const [i, { seq, at_ms }] of events.entries()) {
      assert.equal(seq, i);
      assert.ok(at_ms >= now && Number.isSafeInteger(at_ms));
      now = at_ms;
    }
  }
});

test('a task is spawned before its other events, and finishes at most once',
  async () => {
    for (const { name, events } of RUNS) {
      const spawned = new Set();
      const finished = new Set();
      for (const { task, kind, parent } of events) {
        const what = `${kind} of ${task} in ${name}`;
        assert.equal(spawned.has(task), kind !== 'task-spawned', what);
        if (parent !== undefined) assert.ok(spawned.has(parent), what);
        if (kind === 'task-finished') assert.ok(!finished.has(task), what);
        if (kind === 'task-spawned') spawned.add(task);
        if (kind === 'task-finished') finished.add(task);
      }
    }
  });

test('the recorded steps are those that are marked in the program file',
  async () => {
    for (const { id } of SCENARIOS) {
      const path = new URL(`../scenarios/${id}.js`, import.meta.url);
      const text = await readFile(path, 'utf8');
      // The command line and the page also search line by line.
      const marked = [...text.matchAll(/(?<![\w$.])at\((\d+)/g)];
      const recorded = new Set();
      for (const { scenario, events } of RUNS) {
        if (scenario !== id) continue;
        for (const { step } of events) if (step) recorded.add(step);
      }
      assert.deepEqual(
        [...recorded].sort(),
        [...new Set(marked.map(([, n]) => Number(n)))].sort(), id);
    }
  });

test('a second run has the same events in the same order', async () => {
  // Whatever ran before in the same process.
  for (const { scenario, variant, cut, name, ...before } of RUNS) {
    assert.deepEqual(await run({ scenario, variant, cut }), before, name);
  }
});

test('every line is valid, every digest right', async () => {
  const folder = new URL('../../crates/trace/', import.meta.url);
  const schema = await readFile(new URL('line.schema.json', folder), 'utf8');
  // ajv does not know the formats of Rust, such as uint64.
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const compiled = ajv.compile(JSON.parse(schema));
  // A plain boolean: ajv's own type would narrow its argument.
  const valid = (/** @type {any} */ json) => Boolean(compiled(json));

  const input = CELLS.map(requestLine).join('')
    + requestLine({ mode: 'real', variant: 'signal-write', cut: 'after-effect-1' })
    + requestLine({ variant: 'nothing like that' });
  const { code, out, err } = await serve(input);
  assert.deepEqual([code, err], [0, '']);

  let body = '';
  let runs = 0;
  for (const line of out.trimEnd().split('\n')) {
    /** @type {any} */
    const json = JSON.parse(line);
    assert.ok(valid(json), `${line}: ${ajv.errorsText(compiled.errors)}`);
    if (json.kind === 'run') body = '';
    else if (json.kind !== 'end') body += `${line}\n`;
    else {
      runs += 1;
      assert.equal(json.digest, digest(body));
      assert.equal(json.events, body.split('\n').length - 1);
    }
  }
  assert.equal(runs, CELLS.length + 1);
});

test('the same request gives the same bytes, 50 times', async () => {
  for (const variant of VARIANTS) {
    const line = requestLine({ variant, cut: '510ms' });
    const { out } = await serve(line.repeat(50));
    const one = out.slice(0, out.length / 50);
    assert.ok(one.endsWith('}\n') && one.includes('"kind":"end"'));
    assert.equal(out, one.repeat(50));
  }
});
