// The registration against the contract, and the house rules of shown files.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { catalogue } from '../index.js';

const ROOT = new URL('../', import.meta.url);

/** @param {string} path */
const read = (path) => readFile(new URL(path, ROOT), 'utf8');

test('the registration says what the contract says', async () => {
  for (const scenario of catalogue.values()) {
    const toml = await read(`../scenarios/${scenario.id}.toml`);
    const head = toml.slice(0, toml.indexOf('[['));
    assert.equal(/^id = "(.*)"$/m.exec(head)?.[1], scenario.id);
    assert.equal(/^who = "(.*)"$/m.exec(head)?.[1], scenario.who);
    assert.equal(/^caller = "(.*)"$/m.exec(head)?.[1], scenario.caller);
    const probes = /^probes = (\[.*\])$/m.exec(head)?.[1] ?? '[]';
    assert.deepEqual(JSON.parse(probes), scenario.probes);
    const horizon = /^horizon_ms = (\d+)$/m.exec(head)?.[1];
    assert.equal(horizon && Number(horizon), scenario.horizon);
    assert.equal(/^event = "(.*)"$/m.exec(head)?.[1], scenario.event);
    const others = /^others = (\[.*\])$/m.exec(head)?.[1] ?? '[]';
    assert.deepEqual(JSON.parse(others), scenario.others ?? []);
    assert.equal(/^process = true$/m.test(head), scenario.endsProcess ?? false);

    const variants = toml.matchAll(
      /^\[\[variants\]\]\nlanguage = "js"\nname = "(.*)"$/gm);
    assert.deepEqual(
      [...variants].map(([, name]) => name), Object.keys(scenario.variants));
    const accidents = toml.matchAll(
      /^language = "js"\nname = "(.*)"\n(?:.+\n)*?in_page = false$/gm);
    assert.deepEqual(
      [...accidents].map(([, name]) => name), scenario.ownProcess ?? []);
    const steps = toml.matchAll(
      /^\[\[steps\]\]\nn = (\d+)\n(?:.+\n)*?doing = "(.*)"$/gm);
    assert.deepEqual(
      Object.fromEntries([...steps].map(([, n, doing]) => [n, doing])),
      scenario.steps);
  }
});

test('the function of a variant has its name: a page finds its code by that', () => {
  for (const { id, variants } of catalogue.values()) {
    for (const [variant, program] of Object.entries(variants)) {
      const name = variant.replace(/-(.)/g, (_, first) => first.toUpperCase());
      assert.equal(program.name, name, id);
    }
  }
});

test('the world names every place of the contract', async () => {
  const { runVirtual } = await import('../index.js');
  for (const scenario of catalogue.values()) {
    const toml = await read(`../scenarios/${scenario.id}.toml`);
    const places = [...toml.matchAll(/^\[places\.(.*)\]$/gm)];
    const variant = Object.keys(scenario.variants)
      .find((name) => !scenario.ownProcess?.includes(name)) ?? '';
    const { end } = await runVirtual(scenario, variant, { kind: 'none' });
    assert.deepEqual(
      Object.keys(end.world), places.map(([, name]) => name).sort());
  }
});

test('shown files are at most 64 columns wide', async () => {
  for (const name of await readdir(new URL('scenarios/', ROOT))) {
    for (const [i, line] of (await read(`scenarios/${name}`)).split('\n').entries()) {
      assert.ok(line.length <= 64, `${name}:${i + 1}`);
    }
  }
});

test('what a page loads imports nothing of Node', async () => {
  const seen = new Set(['index.js']);
  // A set grows while it is walked: each file adds what it imports.
  for (const path of seen) {
    const text = await read(path);
    // Comments aside: `import('…')` in a type is no import.
    const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
    for (const [, from] of code.matchAll(/\bfrom '(.*)'/g)) {
      assert.match(from, /^\.\.?\//, `${path} imports ${from}`);
      const url = new URL(from, new URL(path, ROOT));
      seen.add(url.href.slice(ROOT.href.length));
    }
    // The word may stand in a text. `Turns` asks for setImmediate before it is used.
    const names = path === 'lab/turns.js' ? /\b(process|require|Buffer)\b/
      : /\b(process|require|Buffer|setImmediate)\b/;
    assert.doesNotMatch(code.replace(/'[^'\n]*'|`[^`]*`/g, "''"), names, path);
  }
  assert.ok(seen.has('scenarios/save-file.js') && seen.size > 8);
});
