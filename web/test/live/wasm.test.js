// The WebAssembly under Node: the bytes of the native runner, the judgements
// of the recordings, and a sentence for whatever is wrong with an argument.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CUTS, all, native, recording, shipped, SUSPENSIONS } from './support/native.js';
import { wasm } from './support/wasm.js';

const LINES = wasm.run('save-file', 'naive', '5ms');
const UNCUT = wasm.run('save-file', 'naive', 'none');

/** Programs that a page cannot run, as the bundles say. */
const KEPT = new Set((await all()).flatMap(({ id, programs }) => programs
  .filter(({ in_page }) => in_page === false).map(({ language, name }) => `${id} ${language}/${name}`)));

test('a program that a page cannot run is an error, and the next one runs', () => {
  const rust = [...KEPT].filter((name) => name.includes(' rust/'));
  assert.ok(rust.length > 0);
  for (const name of rust) {
    const [id, variant] = name.split(' rust/');
    assert.throws(() => wasm.run(id, variant, 'none'), /does not run in WASM: /, name);
    assert.throws(() => wasm.sweep(id, variant, ['none']), /does not run in WASM: /, name);
  }
  assert.equal(wasm.run('save-file', 'naive', '5ms'), LINES);
});

test('every variant at every cut: the bytes of the native runner', async () => {
  let compared = 0;
  for (const { id, variants } of wasm.list()) {
    const recorded = await recording(id, 'rust');
    assert.deepEqual(recorded.variants.map((it) => it.variant).toSorted(), variants.toSorted());
    for (const { variant, cells } of recorded.variants) {
      if (KEPT.has(`${id} rust/${variant}`)) continue;
      const cuts = new Set([...CUTS, ...SUSPENSIONS, ...cells.map(({ cut }) => cut)]);
      for (const cut of cuts) {
        const there = await native(id, `rust/${variant}`, cut);
        assert.equal(wasm.run(id, variant, cut), there, `${id} rust/${variant} at ${cut}`);
        compared += 1;
      }
    }
  }
  assert.ok(compared > 100, `${compared} runs`);
});

test('a sweep judges as the recordings do', async () => {
  for (const { id } of wasm.list()) {
    for (const { variant, cells } of (await recording(id, 'rust')).variants) {
      if (KEPT.has(`${id} rust/${variant}`)) continue;
      const swept = wasm.sweep(id, variant, cells.map(({ cut }) => cut));
      assert.deepEqual(
        swept.map(({ verdict, digest }, i) => ({ cut: cells[i].cut, verdict, digest })),
        cells.map(({ cut, verdict, digest }) => ({ cut, verdict, digest })),
        `${id} rust/${variant}`,
      );
    }
  }
});

test('a sweep is what the page has of it from the start', async () => {
  for (const { id, title, question } of wasm.list()) {
    const bundle = await shipped(id);
    assert.deepEqual([title, question], [bundle.title, bundle.question]);
    const cuts = bundle.cells.map(({ cut }) => cut);
    for (const { language, name, runs } of bundle.programs) {
      if (language !== 'rust' || KEPT.has(`${id} rust/${name}`)) continue;
      assert.deepEqual(wasm.sweep(id, name, cuts), runs, `${id} rust/${name}`);
    }
  }
});

test('runs of Go and JavaScript are judged as recorded', async () => {
  for (const { id, programs } of await all()) {
    for (const language of ['go', 'js']) {
      // One that no chance decides.
      const variant = programs.find((one) => one.language === language && !one.chance)?.name;
      const found = (await recording(id, language)).variants.find((one) => one.variant === variant);
      const program = `${language}/${variant}`;
      const uncut = await native(id, program, 'none');
      for (const { cut, verdict, digest } of found?.cells.slice(0, 3) ?? []) {
        const lines = await native(id, program, cut);
        const judged = wasm.judge(id, uncut, lines);
        assert.deepEqual([judged.verdict, judged.digest], [verdict, digest], `${id} ${program} at ${cut}`);
        assert.equal(wasm.digest(lines), digest);
      }
    }
  }
});

test('a judged run has all that a page shows', () => {
  const judged = wasm.judge('save-file', UNCUT, LINES);
  assert.equal(judged.verdict, 'broken');
  assert.equal(judged.words, 'orphan, quota 3/2');
  assert.equal(judged.told, '(gone)');
  assert.deepEqual(judged.end.disk, { map: { a: 'whole', b: 'whole', c: 'whole' } });
  assert.deepEqual(judged.at_cut?.disk, { map: {} });
  assert.equal(judged.sentences.at(-1), 'The future was dropped at (2).');
  assert.ok(judged.events.some(([at, task, kind, step]) =>
    at === 5 && task === 'a' && kind === 'rust.drop' && step === 2));
});

test('Perfetto gets what the command line would give it', async () => {
  const there = await native('save-file', 'rust/naive', '5ms', 'perfetto');
  assert.deepEqual(JSON.parse(wasm.perfetto(LINES)), JSON.parse(there));
});

test('the versions are those of a run', () => {
  const { droppoint, schema, ...runtime } = wasm.versions();
  const header = JSON.parse(LINES.slice(0, LINES.indexOf('\n')));
  assert.deepEqual(runtime, header.runtime);
  assert.equal(schema, String(header.schema));
  assert.match(droppoint, /^\d+\.\d+\.\d+$/);
});

/** @type {[name: string, call: () => unknown, message: RegExp][]} */
const WRONG = [
  ['no scenario', () => wasm.run('save', 'naive', 'none'), /no scenario `save`/],
  ['no variant', () => wasm.run('save-file', 'naiv', 'none'), /no variant `naiv`.*naive, spawn/],
  ['no cut', () => wasm.run('save-file', 'naive', '5'), /`5` is no cut/],
  ['a cut of real time', () => wasm.run('save-file', 'naive', 'after-effect-1'), /real time/],
  ['a number', () => wasm.run(any(5), 'naive', 'none'), /the scenario is no text/],
  ['nothing', () => wasm.digest(any(undefined)), /the run is no text/],
  ['an object', () => wasm.judge('save-file', any({}), LINES), /the uncut run is no text/],
  ['a huge text', () => wasm.digest('x'.repeat(1 << 28)), /268435456 characters, and at most/],
  ['a huge name', () => wasm.run('x'.repeat(1 << 22), 'naive', 'none'), /the scenario has 4194304/],
  ['no list', () => wasm.sweep('save-file', 'naive', any('none')), /the cuts are no list/],
  ['a list of numbers', () => wasm.sweep('save-file', 'naive', any([5])), /a cut is no text/],
  ['too many cuts', () => wasm.sweep('save-file', 'naive', Array(1e6)), /1000000 cuts are more/],
  ['an empty run', () => wasm.judge('save-file', UNCUT, ''), /there is no run/],
  ['an empty uncut run', () => wasm.judge('save-file', '', LINES), /the uncut run: there is no/],
  ['no JSON', () => wasm.digest('hello\n'), /line 1: expected a value/],
  ['half a run', () => wasm.digest(LINES.slice(0, 400)), /line \d+: the stream ends/],
  ['a line less', () => wasm.digest(LINES.replace(/.*"seq":3,.*\n/, '')), /line 5: event 4 where/],
  ['two runs', () => wasm.digest(LINES + LINES), /more follows/],
  ['a refusal', () => wasm.digest('{"kind":"error","message":"not today"}\n'), /refuses: not today/],
  ['another scenario', () => wasm.judge('save-file', UNCUT, LINES.replace('save-file', 'other')),
    /is no run of save-file/],
  ['an unknown scenario', () => wasm.judge('other', UNCUT, LINES), /no scenario `other`/],
  ['another variant', () => wasm.judge('save-file', UNCUT, wasm.run('save-file', 'spawn', '5ms')),
    /not runs of one program/],
  ['an unknown variant', () => wasm.judge('save-file', UNCUT, LINES.replace('naive', 'naiv')),
    /knows no such program/],
  ['no language', () => wasm.judge('save-file', UNCUT, LINES.replace('"rust"', '"perl"')), /perl/],
  ['no uncut run', () => wasm.judge('save-file', LINES, LINES), /is no uncut run/],
  ['a later version', () => wasm.digest(LINES.replace('"schema":1', '"schema":2')), /schema 2/],
  ['a deep nesting', () => wasm.digest(`{"kind":${'['.repeat(60_000)}\n`), /line 1: /],
  ['a long line', () => wasm.digest(`"${'x'.repeat(100_000)}"\n`), /65536 bytes in one line/],
  ['a lone surrogate', () => wasm.run('\ud800', 'naive', 'none'), /no scenario/],
];

for (const [name, call, message] of WRONG) {
  test(`wrong: ${name}`, () => {
    // An Error of its own, not a trap.
    assert.throws(call, (error) => {
      assert.ok(error instanceof Error && !(error instanceof WebAssembly.RuntimeError));
      assert.match(error.message, message);
      return true;
    });
    assert.equal(wasm.run('save-file', 'naive', '5ms'), LINES, 'and it goes on');
  });
}

test('at the ends of time and of counting there is no trap', () => {
  for (const cut of [
    '9007199254740991ms', '9007199254740990ms', '4294967296ms', 'suspension-4294967295-after-wake',
  ]) {
    try {
      assert.equal(typeof wasm.run('save-file', 'naive', cut), 'string');
    } catch (error) {
      assert.ok(error instanceof Error && !(error instanceof WebAssembly.RuntimeError), `${error}`);
    }
  }
});

test('damaged runs: judged or refused, and never a trap', () => {
  const random = generator(20261125);
  const pick = (/** @type {number} */ n) => Math.floor(random() * n);
  let refused = 0;
  for (let i = 0; i < 3000; i += 1) {
    const lines = LINES.split('\n');
    const [one, two] = [pick(lines.length), pick(lines.length)];
    switch (pick(5)) {
      case 0: lines.splice(one, 1); break;
      case 1: [lines[one], lines[two]] = [lines[two], lines[one]]; break;
      case 2: lines[one] = lines[two]; break;
      case 3: lines[one] = lines[one].replace(/\d+/, String(pick(2 ** 31) * 2 ** 22)); break;
      default: {
        const at = pick(lines[one].length);
        const letter = String.fromCharCode(pick(0x250));
        lines[one] = lines[one].slice(0, at) + letter + lines[one].slice(at + 1);
      }
    }
    try {
      wasm.judge('save-file', UNCUT, lines.join('\n'));
    } catch (error) {
      assert.ok(error instanceof Error && !(error instanceof WebAssembly.RuntimeError), `${error}`);
      refused += 1;
    }
  }
  assert.ok(refused > 2000, `${refused} of 3000 refused`);
  assert.equal(wasm.run('save-file', 'naive', '5ms'), LINES);
});

test('discarded results are freed: memory stops growing', () => {
  const grow = () => {
    for (let i = 0; i < 300; i += 1) {
      wasm.judge('save-file', UNCUT, LINES);
      try { wasm.digest(LINES.slice(0, 900)); } catch { /* as it should */ }
    }
    return wasm.memory().buffer.byteLength;
  };
  const once = grow();
  assert.equal(grow(), once);
});

/**
 * For what TypeScript would not allow, as JavaScript does.
 * @param {unknown} value
 * @returns {any}
 */
function any(value) {
  return value;
}

/**
 * The same numbers every time: mulberry32.
 * @param {number} seed
 */
function generator(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
