// The part of a file that is shown as a program's code: its own, what it
// calls, and nothing of its neighbours.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { LANGUAGES } from '../../build/code.js';
import { partOf } from '../../build/part.js';
import { steps } from '../../build/steps.js';

/** @import { Bundle } from '../../element/types.js' */

const DATA = new URL('../../data/', import.meta.url);
const ROOT = new URL('../../../', import.meta.url);

/** @type {Bundle[]} */
const bundles = await Promise.all((await readdir(DATA)).map(async (file) =>
  JSON.parse(await readFile(new URL(file, DATA), 'utf8'))));

/** @param {string} text */
const bare = (text) => text.toLowerCase().replaceAll(/[-_]/g, '');

const HEAD = /^(?:pub )?(?:export )?(?:async )?(?:fn|func|function) (?:\([^)]*\) )?(\w+)/;

/** Who has a section of its own may call its functions as it likes: `spawned` of `spawn`. */
const near = (/** @type {string} */ head, /** @type {string} */ name) => bare(head).startsWith(bare(name));

for (const { id, programs, cells } of bundles) {
  test(`${id}: each part has its own function, and another variant's only if it calls it`, async () => {
    for (const { language, name, runs } of programs) {
      const path = LANGUAGES[language].file(id);
      const text = await readFile(new URL(path, ROOT), 'utf8');
      const lines = text.split('\n');
      const part = partOf(text, name, path).map((at) => lines[at] ?? '');
      const heads = part.flatMap((line) => HEAD.exec(line)?.[1] ?? []);
      assert.ok(near(heads[0] ?? '', name), `${path}: ${name} does not come first: ${heads}`);
      assert.equal(new Set(heads).size, heads.length, `${path}: ${name} shows one twice: ${heads}`);
      const variants = programs.filter((one) => one.language === language).map((one) => bare(one.name));
      for (const head of heads.slice(1)) {
        if (!variants.includes(bare(head))) continue;
        const called = part.some((line) => !HEAD.test(line) && !/^\s*(?:\/\/|\*)/.test(line)
          && new RegExp(`(^|[^\\w.]|\\b[a-z]\\.)${head}\\b`).test(line));
        assert.ok(called, `${path}: ${name} shows ${head} and does not call it`);
      }
      // What is cut in a step is marked in the code.
      const marked = new Set(part.flatMap((line) => steps(line, language)));
      runs.forEach((run, at) => {
        const asked = cells[at].step;
        const waits = run.events.some(([, , kind, step]) => kind === 'wait-begun' && step === asked);
        if (asked && waits) assert.ok(marked.has(asked), `${path}: ${name} has no line for (${asked})`);
      });
    }
  });
}

test('JavaScript: a method of another object is not a call, spreading a result is', () => {
  const file = [
    'export async function first() {', '  await Promise.all([]);', '  return [...spread()];', '}', '',
    'export async function all() {', '}', '', 'function spread() {', '  return [];', '}', '',
  ].join('\n');
  assert.deepEqual(partOf(file, 'first', 'x.js'), [0, 1, 2, 3, -1, 8, 9, 10]);
});

test('Rust: a guard of one variant comes with each variant that uses it, and with its Drop', () => {
  const file = [
    '// variant: one', '', '/// Stops.', 'struct Guard(u8);', '', 'impl Drop for Guard {', '    fn drop(&mut self) {}', '}', '',
    'pub fn one() {', '    let _guard = Guard(1);', '}', '', '// variant: two', '',
    'pub fn two() {', '    let _guard = Guard(2);', '    drop(3);', '}', '', '// variant: three', '',
    'pub fn three() {', '    drop(4);', '}', '',
  ].join('\n');
  assert.deepEqual(partOf(file, 'two', 'x.rs'), [15, 16, 17, 18, -1, 2, 3, -1, 5, 6, 7]);
  assert.deepEqual(partOf(file, 'three', 'x.rs'), [22, 23, 24]);
});

test('how the programs are started is no part of any', () => {
  const file = [
    '// variant: one', '', 'pub fn one() {', '    World::new()', '}', '', '// --- how they are started ---', '',
    'impl Start for World {', '    fn new() {', '    }', '}', '',
  ].join('\n');
  assert.deepEqual(partOf(file, 'one', 'x.rs'), [2, 3, 4]);
});

test('a variant without code is an error that names the file', () => {
  assert.throws(() => partOf('function other() {\n}\n', 'gone', 'a/b.js'), /a\/b\.js has no function for the variant gone/);
});
