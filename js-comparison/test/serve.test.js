// The runner protocol: invalid requests, and the ends of the input.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createRequest } from '../runner/request.js';
import { requestLine, SCENARIOS, serve } from './support/run.js';

/**
 * The kinds and messages of the lines that are not events.
 * @param {string} out
 */
function replies(out) {
  return out.trimEnd().split('\n').map((line) => JSON.parse(line))
    .filter(({ kind }) => ['run', 'end', 'error'].includes(kind))
    .map(({ kind, message }) => message ?? kind);
}

test('the header names the program, the cut and the runtime', async () => {
  const { out } = await serve(requestLine({ cut: '0510ms' }));
  assert.equal(out.slice(0, out.indexOf('\n')), JSON.stringify({
    kind: 'run', schema: 1, language: 'js',
    runtime: { node: process.versions.node },
    scenario: 'save-file', variant: 'naive', who: 'client', mode: 'virtual',
    // The canonical text of the cut in the request.
    cut: '510ms',
  }));
});

/** @type {[string, RegExp][]} */
const INVALID = [
  ['hello\n', /^not JSON: /],
  ['\n', /^not JSON: /],
  ['[]\n', /^a request is a JSON object$/],
  ['null\n', /^a request is a JSON object$/],
  ['{}\n', /^`scenario` is missing$/],
  ['{"scenario":1}\n', /^`scenario` is not a string$/],
  [requestLine({ cuts: 'none' }),
    /^unknown field `cuts`; a request has scenario, variant, cut, mode$/],
  [requestLine({ scenario: 'save-fil' }),
    /^no scenario `save-fil`; there are save-file/],
  [requestLine({ variant: 'naiv' }),
    /^no variant `naiv` of save-file; there are naive, signal-checked, /],
  [requestLine({ variant: 'toString' }), /^no variant `toString`/],
  [requestLine({ mode: 'fast' }), /^no mode `fast`; there are virtual, real$/],
  ['{"scenario":"save-file","variant":"naive","cut":"none","mode":null}\n',
    /^`mode` is not a string$/],
  [requestLine({ cut: '5' }), /^invalid cut `5`: write `none`/],
  [requestLine({ cut: '5.5ms' }), /^invalid cut `5.5ms`: write `none`/],
  [requestLine({ cut: '-5ms' }), /begins at 0 ms$/],
  [requestLine({ cut: '9007199254740992ms' }), /2\^53/],
  [requestLine({ cut: 'after-effect-0' }), /counting starts at 1$/],
  [requestLine({ cut: 'suspension-1-before-wake' }), /only Rust/],
  [requestLine({ cut: 'after-effect-1' }), /only real mode/],
  [requestLine({ cut: '5ms', mode: 'real' }), /no instants/],
  [`${' '.repeat(70_000)}\n`, /^a request has at most 65536 characters$/],
];

test('an invalid request is answered by an error line, and the next by a run', async () => {
  const input = INVALID.map(([line]) => line + requestLine({})).join('');
  const { code, out, err } = await serve(input);
  assert.deepEqual([code, err], [0, '']);
  const lines = replies(out);
  assert.equal(lines.length, 3 * INVALID.length);
  for (const [i, [line, message]] of INVALID.entries()) {
    assert.match(lines[3 * i], message, line.slice(0, 80));
    assert.deepEqual(lines.slice(3 * i + 1, 3 * i + 3), ['run', 'end']);
  }
});

test('only save-file runs in real time', async () => {
  for (const { id, programs } of SCENARIOS) {
    const [variant] = Object.keys(programs);
    const fields = { scenario: id, variant, cut: 'none' };
    await createRequest({ ...fields, mode: 'virtual' });
    const real = createRequest({ ...fields, mode: 'real' });
    if (id === 'save-file') assert.equal((await real).mode, 'real');
    else await assert.rejects(real, /^Error: only save-file runs in real time$/);
  }
});

test('at the end of the input it exits with 0, with or without a last line break', async () => {
  assert.deepEqual(await serve(''), { code: 0, out: '', err: '' });
  const line = requestLine({});
  assert.deepEqual(await serve(line.trimEnd()), await serve(line));
});
