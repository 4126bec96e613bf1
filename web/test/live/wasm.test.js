// The WebAssembly under Node: the bytes of the native runner, the judgements
// of the recordings, and a sentence for whatever is wrong with an argument.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CUTS, all, contractOf, native, recording, SUSPENSIONS } from './support/native.js';
import { wasm } from './support/wasm.js';

const CONTRACT = await contractOf('save-file');
const OTHER = await contractOf('receive');
const LINES = wasm.run('save-file', 'naive', '5ms');
const UNCUT = wasm.run('save-file', 'naive', 'none');

const BUNDLES = await all();

/** Programs that a page cannot run, as the bundles say. */
const KEPT = new Set(BUNDLES.flatMap(({ id, programs }) => programs
  .filter(({ in_page }) => in_page === false).map(({ language, name }) => `${id} ${language}/${name}`)));

test('a program that a page cannot run is an error, and the next one runs', async () => {
  const rust = [...KEPT].filter((name) => name.includes(' rust/'));
  assert.ok(rust.length > 0);
  for (const name of rust) {
    const [id, variant] = name.split(' rust/');
    assert.throws(() => wasm.run(id, variant, 'none'), /does not run in WASM: /, name);
    const contract = await contractOf(id);
    assert.throws(() => wasm.sweep(contract, variant, ['none']), /does not run in WASM: /, name);
  }
  assert.equal(wasm.run('save-file', 'naive', '5ms'), LINES);
});

test('every variant at every cut: the bytes of the native runner', async () => {
  let compared = 0;
  for (const { id, programs } of BUNDLES) {
    const recorded = await recording(id, 'rust');
    const names = programs.filter(({ language }) => language === 'rust').map(({ name }) => name);
    assert.deepEqual(recorded.variants.map((it) => it.variant).toSorted(), names.toSorted());
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
  for (const { id } of BUNDLES) {
    const contract = await contractOf(id);
    for (const { variant, cells } of (await recording(id, 'rust')).variants) {
      if (KEPT.has(`${id} rust/${variant}`)) continue;
      const swept = wasm.sweep(contract, variant, cells.map(({ cut }) => cut));
      assert.deepEqual(
        swept.map(({ verdict, digest }, i) => ({ cut: cells[i].cut, verdict, digest })),
        cells.map(({ cut, verdict, digest }) => ({ cut, verdict, digest })),
        `${id} rust/${variant}`,
      );
    }
  }
});

test('a sweep is what the page has of it from the start', async () => {
  for (const { id, cells, programs } of BUNDLES) {
    const contract = await contractOf(id);
    const cuts = cells.map(({ cut }) => cut);
    for (const { language, name, runs } of programs) {
      if (language !== 'rust' || KEPT.has(`${id} rust/${name}`)) continue;
      assert.deepEqual(wasm.sweep(contract, name, cuts), runs, `${id} rust/${name}`);
    }
  }
});

test('runs of Go and JavaScript are judged as recorded', async () => {
  for (const { id, programs } of BUNDLES) {
    const contract = await contractOf(id);
    for (const language of ['go', 'js']) {
      // One that no chance decides.
      const variant = programs.find((one) => one.language === language && !one.chance)?.name;
      const found = (await recording(id, language)).variants.find((one) => one.variant === variant);
      const program = `${language}/${variant}`;
      const uncut = await native(id, program, 'none');
      for (const { cut, verdict, digest } of found?.cells.slice(0, 3) ?? []) {
        const lines = await native(id, program, cut);
        const judged = wasm.judge(contract, uncut, lines);
        assert.deepEqual([judged.verdict, judged.digest], [verdict, digest], `${id} ${program} at ${cut}`);
        assert.equal(wasm.digest(lines), digest);
      }
    }
  }
});

test('a judged run has all that a page shows', () => {
  const judged = wasm.judge(CONTRACT, UNCUT, LINES);
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
  ['no cut', () => wasm.run('save-file', 'naive', '5'), /invalid cut `5`/],
  ['a cut of real time', () => wasm.run('save-file', 'naive', 'after-effect-1'), /real time/],
  ['a number', () => wasm.run(any(5), 'naive', 'none'), /the scenario is not a string/],
  ['nothing', () => wasm.digest(any(undefined)), /the run is not a string/],
  ['an object', () => wasm.judge(CONTRACT, any({}), LINES), /the uncut run is not a string/],
  ['a huge text', () => wasm.digest('x'.repeat(1 << 28)), /268435456 characters; the limit is/],
  ['a huge name', () => wasm.run('x'.repeat(1 << 22), 'naive', 'none'), /the scenario has 4194304/],
  ['no list', () => wasm.sweep(CONTRACT, 'naive', any('none')), /the cuts are not an array/],
  ['a list of numbers', () => wasm.sweep(CONTRACT, 'naive', any([5])), /a cut is not a string/],
  ['too many cuts', () => wasm.sweep(CONTRACT, 'naive', Array(1e6)), /1000000 cuts; the limit is 1000/],
  ['an empty run', () => wasm.judge(CONTRACT, UNCUT, ''), /the text is empty/],
  ['an empty uncut run', () => wasm.judge(CONTRACT, '', LINES), /the uncut run: the text is empty/],
  ['no JSON', () => wasm.digest('hello\n'), /line 1: expected an object/],
  ['half a run', () => wasm.digest(LINES.slice(0, 400)), /line \d+: the stream ends/],
  ['a line less', () => wasm.digest(LINES.replace(/.*"seq":3,.*\n/, '')), /line 5: event 4 where/],
  ['two runs', () => wasm.digest(LINES + LINES), /goes on after the run/],
  ['a refusal', () => wasm.digest('{"kind":"error","message":"not today"}\n'), /refused the request: not today/],
  ['another scenario', () => wasm.judge(CONTRACT, UNCUT, LINES.replace('save-file', 'other')),
    /is not a run of save-file/],
  ['no contract', () => wasm.judge('<!doctype html>', UNCUT, LINES), /not a contract: .*column 1$/],
  ['half a contract', () => wasm.judge(CONTRACT.slice(0, 300), UNCUT, LINES), /not a contract: EOF/],
  ['a contract with an unknown field', () => wasm.judge(CONTRACT.replace('"caller"', '"called"'), UNCUT, LINES),
    /not a contract: unknown field `called`/],
  ['a contract of another form', () => wasm.sweep('[]', 'naive', ['none']), /not a contract: invalid length 0/],
  ['the contract of another scenario', () => wasm.judge(OTHER, UNCUT, LINES), /is not a run of receive/],
  ['another variant', () => wasm.judge(CONTRACT, UNCUT, wasm.run('save-file', 'spawn', '5ms')),
    /not runs of one program/],
  ['an unknown variant', () => wasm.judge(CONTRACT, UNCUT, LINES.replace('naive', 'naiv')),
    /has no such program/],
  ['no language', () => wasm.judge(CONTRACT, UNCUT, LINES.replace('"rust"', '"perl"')), /perl/],
  ['no uncut run', () => wasm.judge(CONTRACT, LINES, LINES), /is not an uncut run/],
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
      wasm.judge(CONTRACT, UNCUT, lines.join('\n'));
    } catch (error) {
      assert.ok(error instanceof Error && !(error instanceof WebAssembly.RuntimeError), `${error}`);
      refused += 1;
    }
  }
  assert.ok(refused > 2000, `${refused} of 3000 refused`);
  assert.equal(wasm.run('save-file', 'naive', '5ms'), LINES);
});

test('damaged contracts: judged or refused, and never a trap', () => {
  const random = generator(20261201);
  const pick = (/** @type {number} */ n) => Math.floor(random() * n);
  const texts = [...CONTRACT.matchAll(/"[^"]*"/g)].map(([text]) => text);
  let judged = 0;
  for (let i = 0; i < 2000; i += 1) {
    // Names that exist, in the wrong places: the text stays JSON.
    const [one, two] = [texts[pick(texts.length)], texts[pick(texts.length)]];
    try {
      wasm.judge(CONTRACT.replace(one, two), UNCUT, LINES);
      judged += 1;
    } catch (error) {
      assert.ok(error instanceof Error && !(error instanceof WebAssembly.RuntimeError), `${error}`);
    }
  }
  assert.ok(judged > 0 && judged < 2000, `${judged} of 2000 judged`);
  assert.equal(wasm.run('save-file', 'naive', '5ms'), LINES);
});

test('discarded results are freed: memory stops growing', () => {
  const grow = () => {
    for (let i = 0; i < 300; i += 1) {
      wasm.judge(CONTRACT, UNCUT, LINES);
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
