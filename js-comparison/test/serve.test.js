// The protocol's edges: what the runner refuses, and that it goes on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { catalogue } from '../index.js';
import { request } from '../runner/request.js';
import { requestLine, saveFile, serve } from './support/run.js';

/**
 * Kinds and messages of a runner's lines, events left out.
 * @param {string} out
 */
function replies(out) {
  return out.trimEnd().split('\n').map((line) => JSON.parse(line))
    .filter(({ kind }) => ['run', 'end', 'error'].includes(kind))
    .map(({ kind, message }) => message ?? kind);
}

test('the header says who ran what', async () => {
  const { out } = await serve(requestLine({ cut: '0510ms' }));
  assert.equal(out.slice(0, out.indexOf('\n')), JSON.stringify({
    kind: 'run', schema: 1, language: 'js',
    runtime: { node: process.versions.node },
    scenario: 'save-file', variant: 'naive', who: 'client', mode: 'virtual',
    // The one text of this instant, however it was asked for.
    cut: '510ms',
  }));
});

/** @type {[string, RegExp][]} */
const REFUSED = [
  ['hello\n', /^not JSON: /],
  ['\n', /^not JSON: /],
  ['[]\n', /^a request is a JSON object$/],
  ['null\n', /^a request is a JSON object$/],
  ['{}\n', /^`scenario` is missing$/],
  ['{"scenario":1}\n', /^`scenario` is no string$/],
  [requestLine({ cuts: 'none' }),
    /^a request has no field `cuts`; it has scenario, variant, cut, mode$/],
  [requestLine({ scenario: 'save-fil' }),
    /^no scenario `save-fil`; there are save-file/],
  [requestLine({ variant: 'naiv' }),
    /^no variant `naiv` of save-file; there are naive, signal-checked, /],
  [requestLine({ variant: 'toString' }), /^no variant `toString`/],
  [requestLine({ mode: 'fast' }), /^no mode `fast`; there are virtual, real$/],
  ['{"scenario":"save-file","variant":"naive","cut":"none","mode":null}\n',
    /^`mode` is no string$/],
  [requestLine({ cut: '5' }), /^`5` is no cut: write `none`/],
  [requestLine({ cut: '5.5ms' }), /^`5.5ms` is no cut: write `none`/],
  [requestLine({ cut: '-5ms' }), /before 0 ms$/],
  [requestLine({ cut: '9007199254740992ms' }), /2\^53/],
  [requestLine({ cut: 'after-effect-0' }), /counting starts at 1$/],
  [requestLine({ cut: 'suspension-1-before-wake' }), /only Rust/],
  [requestLine({ cut: 'after-effect-1' }), /only real mode/],
  [requestLine({ cut: '5ms', mode: 'real' }), /no instants/],
  [`${' '.repeat(70_000)}\n`, /^a request has at most 65536 characters$/],
];

test('what it cannot do is an error line, and it goes on', async () => {
  // After each refusal a run, all in one process.
  const input = REFUSED.map(([line]) => line + requestLine({})).join('');
  const { code, out, err } = await serve(input);
  assert.deepEqual([code, err], [0, '']);
  const said = replies(out);
  assert.equal(said.length, 3 * REFUSED.length);
  for (const [i, [line, message]] of REFUSED.entries()) {
    assert.match(said[3 * i], message, line.slice(0, 80));
    assert.deepEqual(said.slice(3 * i + 1, 3 * i + 3), ['run', 'end']);
  }
});

test('in real time only save-file is run', () => {
  for (const scenario of catalogue.values()) {
    const [variant] = Object.keys(scenario.variants);
    const asked = { scenario: scenario.id, variant, cut: 'none' };
    assert.equal(request({ ...asked, mode: 'virtual' }).scenario, scenario);
    if (scenario === saveFile) {
      assert.equal(request({ ...asked, mode: 'real' }).scenario, scenario);
    } else {
      assert.throws(() => request({ ...asked, mode: 'real' }),
        /^Error: in real time only save-file is run$/);
    }
  }
});

test('end of input ends it with 0, with or without a last break', async () => {
  assert.deepEqual(await serve(''), { code: 0, out: '', err: '' });
  const line = requestLine({});
  assert.deepEqual(await serve(line.trimEnd()), await serve(line));
});
