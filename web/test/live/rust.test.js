// What holds the WebAssembly in a page: loading, and what happens after a trap.

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import * as glue from '../../pkg/droppoint.js';
import { native } from './support/native.js';
import { BYTES } from './support/bytes.js';

/** @type {() => Promise<Response>} */
let serve;

beforeEach(() => {
  mock.method(globalThis, 'fetch', () => serve());
});

/** A copy of the module that has loaded nothing yet. */
let copies = 0;
const fresh = () => import(`../../live/rust.js?copy=${copies += 1}`);

const WASM = { 'content-type': 'application/wasm' };

/** @type {[name: string, serve: () => Promise<Response>, message: RegExp][]} */
const FAILURES = [
  ['no connection', () => Promise.reject(new TypeError('fetch failed')), /no connection/],
  ['not found', async () => new Response('', { status: 404 }), /answered 404 for .*droppoint_bg.wasm/],
  ['a page instead', async () => new Response('<!doctype html>', {
    headers: { 'content-type': 'text/html' },
  }), /sent text\/html instead of WebAssembly/],
  ['half of it', async () => new Response(BYTES.subarray(0, 5000), { headers: WASM }), /damaged/],
];

for (const [name, failing, message] of FAILURES) {
  test(`loading fails: ${name}`, async () => {
    const { run } = await fresh();
    serve = failing;
    await assert.rejects(run('save-file', 'naive', 'none'), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, message);
      assert.match(error.message, /^[A-Z].*\.$/, 'a sentence');
      return true;
    });
  });
}

test('WebAssembly is not allowed: an error without a request', async () => {
  const { run } = await fresh();
  serve = () => assert.fail('asked');
  const compile = mock.method(WebAssembly, 'compile', () => {
    throw new WebAssembly.CompileError('blocked');
  });
  await assert.rejects(run('save-file', 'naive', 'none'), /this page or this browser does not allow WebAssembly/);
  compile.mock.restore();
});

test('a wrong MIME type is accepted, and after a failure the next call tries again', async () => {
  const { run } = await fresh();
  serve = () => Promise.reject(new TypeError('fetch failed'));
  await assert.rejects(run('save-file', 'naive', '5ms'));
  serve = async () => new Response(BYTES, { headers: { 'content-type': 'text/plain' } });
  assert.equal(await run('save-file', 'naive', '5ms'), await native('save-file', 'rust/naive', '5ms'));
});

test('after a trap the next run has a new instance', async () => {
  const { run } = await fresh();
  serve = async () => new Response(BYTES, { headers: WASM });
  const before = await run('save-file', 'naive', '5ms');

  // The glue hands out the exports of the instance that it has.
  const { memory } = await glue.default();
  new Uint8Array(memory.buffer).fill(0xff);
  await assert.rejects(run('save-file', 'naive', '5ms'), (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, /^The program crashed \(/);
    assert.ok(error.cause instanceof WebAssembly.RuntimeError, `${error.cause}`);
    return true;
  });

  assert.equal(await run('save-file', 'naive', '5ms'), before);
  assert.notEqual((await glue.default()).memory, memory);
});
