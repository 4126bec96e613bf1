// The program files against the contracts, and the rules for their text.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { exportName, programOf } from '../lab/scenario.js';
import { contracts, loadScenario } from '../load.js';
import { madeUp } from './support/run.js';

const ROOT = new URL('../', import.meta.url);

/** @param {string} path */
const read = (path) => readFile(new URL(path, ROOT), 'utf8');

const PROGRAM_FILES = (await readdir(new URL('scenarios/', ROOT)))
  .filter((name) => name !== 'contracts.js');

test('each contract has a program file, and each program file a contract', () => {
  assert.deepEqual(PROGRAM_FILES.sort(),
    [...contracts.keys()].map((id) => `${id}.js`).sort());
});

test('a program file exports its variants and createWorld, nothing else', async () => {
  for (const [id, { variants }] of contracts) {
    const exported = Object.keys(await import(`../scenarios/${id}.js`));
    const expected = ['createWorld', ...variants.map(({ name }) => exportName(name))];
    const missing = expected.filter((name) => !exported.includes(name));
    assert.deepEqual(missing, [], `scenarios/${id}.js does not export these`);
    const unknown = exported.filter((name) => !expected.includes(name));
    assert.deepEqual(unknown, [],
      `scenarios/${id}.js exports these, and they are no variants in the contract`);
  }
});

test('a variant without a program is an error that names the export', async () => {
  const scenario = await loadScenario('receive');
  assert.equal(typeof programOf(scenario, 'signal-take'), 'function');
  const programs = { ...scenario.programs, 'signal-take': undefined };
  assert.throws(() => programOf({ ...scenario, programs }, 'signal-take'), {
    message: 'scenarios/receive.js does not export `signalTake`, '
      + 'the program of the variant `signal-take`',
  });
  assert.throws(() => programOf(madeUp(null, () => ({ call: async () => {} })), 'toString'),
    { message: 'no variant `toString` of made-up; there are only' });
});

test('an unknown scenario is an error that names the scenarios', async () => {
  await assert.rejects(loadScenario('toString'),
    /^Error: no scenario `toString`; there are save-file, /);
});

test('createWorld has the tasks that the contract calls others', async () => {
  const { Lab } = await import('../lab/lab.js');
  const { virtualBackend } = await import('../lab/virtual.js');
  for (const [id, { who, others }] of contracts) {
    const { createWorld } = await loadScenario(id);
    const world = createWorld(new Lab(virtualBackend()));
    assert.deepEqual(Object.keys(world.others ?? {}), others, id);
    assert.equal(world.fire !== undefined, who === 'inside', id);
  }
});

test('a program file is at most 64 columns wide, and marks where programs end',
  async () => {
    for (const name of PROGRAM_FILES) {
      const lines = (await read(`scenarios/${name}`)).split('\n');
      for (const [i, line] of lines.entries()) {
        assert.ok(line.length <= 64, `${name}:${i + 1}`);
      }
      const marker = lines.indexOf('// --- what the programs are given ---');
      const programs = lines.flatMap((line, i) =>
        (line.startsWith('export async function') ? i : []));
      assert.ok(marker > Math.max(...programs), name);
      assert.ok(marker < lines.indexOf('export function createWorld(lab) {'), name);
    }
  });

test('a page imports nothing of Node', async () => {
  const seen = new Set(['index.js', ...PROGRAM_FILES.map((name) => `scenarios/${name}`)]);
  // The loop also visits what is added in the meantime.
  for (const path of seen) {
    const text = await read(path);
    // Without comments: `import('…')` in a type is not an import.
    const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
    for (const [, from] of code.matchAll(/\bfrom '(.*)'/g)) {
      assert.match(from, /^\.\.?\//, `${path} imports ${from}`);
      const url = new URL(from, new URL(path, ROOT));
      seen.add(url.href.slice(ROOT.href.length));
    }
    // `Turns` checks that setImmediate exists.
    const globals = path === 'lab/turns.js' ? /\b(process\.|require|Buffer)\b/
      : /\b(process\.|require|Buffer|setImmediate)\b/;
    const strings = /'[^'\n]*'|"[^"\n]*"|`[^`]*`/g;
    assert.doesNotMatch(code.replace(strings, "''"), globals, path);
  }
  assert.ok(seen.has('lab/turns.js') && seen.size > 20);
});
