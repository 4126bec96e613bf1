// What the store does with requests that are invalid, slow or unusual.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createStore } from '../store/server.js';
import { folder, jsonOf, store, until } from './support/store.js';

const MAIN = fileURLToPath(new URL('../store/main.js', import.meta.url));

/** @param {string} address */
async function connected(address) {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** @param {import('node:net').Socket} socket @param {string} text */
async function firstData(socket, text) {
  socket.write(text);
  const [data] = await once(socket, 'data');
  return String(data);
}

/**
 * A store in this process, with other limits.
 * @param {import('node:test').TestContext} t
 * @param {number} writeTimeout
 */
async function createdStore(t, writeTimeout) {
  const { server } = await createStore({
    variant: 'naive', dir: await folder(t), host: '', port: 0, quota: 2, lag: 0,
    bodyTimeout: 10_000, maxBody: 2 ** 26, steps: false,
  }, [], writeTimeout);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { server, address: `http://127.0.0.1:${port}` };
}

test('a text with a lone surrogate is refused, a pair is not', async (t) => {
  const it = await store(t, await folder(t), '--lag', '0');
  for (const text of ['\\ud800', 'a\\udc00b', '\\udc00\\ud800']) {
    const answer = await it.ask('/files', { method: 'POST', body: `{"text":"${text}"}` });
    assert.equal(answer.status, 400, text);
    assert.match((await jsonOf(answer)).error, /"text" has a lone surrogate/);
  }
  const body = '{"text":"\\ud83d\\ude00"}';
  const { id } = await jsonOf(await it.ask('/files', { method: 'POST', body }));
  assert.deepEqual(await jsonOf(await it.ask(`/files/${id}`)), { text: '😀' });
});

test('a duplicate field is refused, however it is written', async (t) => {
  const it = await store(t, await folder(t), '--lag', '0', '--quota', 'none');
  for (const body of [
    '{"text":"a","text":"b"}', '{"text":"a","\\u0074ext":"b"}',
    '{"text":{"text":"a"},"text":"b"}', '{"text":["}"],"text":"b"}',
  ]) {
    const answer = await it.ask('/files', { method: 'POST', body });
    assert.equal(answer.status, 400, body);
    assert.match((await jsonOf(answer)).error, /duplicate field "text"/);
  }
  for (const text of ['"text":', '{"text":"a","text":"b"}', '\\":', '{}']) {
    assert.equal((await it.save({ text })).status, 201, text);
  }
});

test('HEAD is answered as GET, without the body', async (t) => {
  const it = await store(t, await folder(t), '--lag', '0');
  const { id } = await jsonOf(await it.save({ text: 'abc' }));
  const head = await it.ask(`/files/${id}`, { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers.get('content-length'), await head.text()],
    [200, '14', '']);
  assert.equal((await it.ask('/files/none', { method: 'HEAD' })).status, 404);
  const post = await it.ask('/files', { method: 'HEAD' });
  assert.deepEqual([post.status, post.headers.get('allow')], [405, 'POST']);
  const put = await it.ask('/state', { method: 'PUT' });
  assert.deepEqual([put.status, put.headers.get('allow')], [405, 'GET, HEAD']);
});

test('a client that expects 100-continue is asked for a body that is read', async (t) => {
  const it = await store(t, await folder(t), '--lag', '0', '--max-body', '20');
  const expect = (/** @type {string} */ path, /** @type {number} */ length) =>
    `POST ${path} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: ${length}\r\n\r\n`;
  const fits = await connected(it.address);
  assert.match(await firstData(fits, expect('/files', 12)), /^HTTP\/1.1 100 /);
  assert.match(await firstData(fits, '{"text":"x"}'), /^HTTP\/1.1 201 /);
  fits.destroy();
  for (const [path, length, status] of /** @type {const} */ ([
    ['/files', 21, 413], ['/nowhere', 12, 404],
  ])) {
    const socket = await connected(it.address);
    assert.match(await firstData(socket, expect(path, length)),
      new RegExp(`^HTTP/1.1 ${status} `));
    await once(socket, 'close');
  }
});

test('a client that does not read its response is disconnected', { timeout: 20_000 }, async (t) => {
  const { server, address } = await createdStore(t, 100);
  const text = 'x'.repeat(2 ** 25);
  const saved = await fetch(`${address}/files`, { method: 'POST', body: JSON.stringify({ text }) });
  const path = saved.headers.get('location');
  const connection = once(server, 'connection');
  const socket = await connected(address);
  const [peer] = await connection;
  // No listener for data: nothing is read.
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
  await once(peer, 'close');
  socket.destroy();
});

test('a slow head ends its connection', { timeout: 20_000 }, async (t) => {
  const { server, address } = await createdStore(t, 10_000);
  assert.equal(server.headersTimeout, 10_000);
  server.headersTimeout = 100;
  const socket = await connected(address);
  const head = setInterval(() => socket.write('a: b\r\n'), 20);
  t.after(() => clearInterval(head));
  socket.write('GET /state HTTP/1.1\r\n');
  socket.resume();
  await once(socket, 'close');
});

test('a folder is used by one store at a time', async (t) => {
  const dir = await folder(t);
  const first = await store(t, dir, '--lag', '0');
  const second = () => spawnSync(process.execPath, [MAIN, '--dir', dir],
    { encoding: 'utf8', timeout: 5000 });
  const { status, stderr, stdout } = second();
  assert.deepEqual([status, stderr, stdout],
    [1, `the folder ${dir} is used by another store\n`, '']);
  // The lock file is neither a file of the store nor an unknown one.
  await first.save({ text: 'a' });
  assert.equal(Object.keys((await first.state()).disk).length, 1);
  // kill -9 releases the lock.
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const third = await store(t, dir, '--lag', '0');
  assert.match(third.said[0], /^Found 1 file /);
});

test('its lock is that of flock(2), as in the other languages', async (t) => {
  const dir = await folder(t);
  const it = await store(t, dir);
  const flock = (/** @type {string[]} */ ...command) =>
    spawnSync('flock', ['--exclusive', '--nonblock', join(dir, '.lock'), ...command],
      { encoding: 'utf8' });
  if (flock('true').error) return t.skip('there is no flock(1)');
  assert.equal(flock('true').status, 1);
  await it.stop();
  assert.equal(flock('true').status, 0);
  const locked = flock(process.execPath, MAIN, '--dir', dir);
  assert.deepEqual([locked.status, locked.stderr],
    [1, `the folder ${dir} is used by another store\n`]);
});

test('a folder that cannot be locked is an error', async (t) => {
  const dir = await folder(t);
  await mkdir(join(dir, '.lock'));
  const { status, stderr } = spawnSync(process.execPath, [MAIN, '--dir', dir], { encoding: 'utf8', timeout: 5000 });
  assert.equal(status, 1);
  assert.match(stderr, /EISDIR/);
});

for (const [signal, code] of /** @type {const} */ ([['SIGTERM', 143], ['SIGINT', 130]])) {
  test(`a second ${signal} ends it at once`, { timeout: 20_000 }, async (t) => {
    const it = await store(t, await folder(t), '--lag', '2000000');
    it.save({ text: 'x' }).catch(() => {});
    await until(() => it.state(), ({ saves }) => saves.running === 1);
    const exited = once(it.child, 'exit');
    it.child.kill(signal);
    // After the first one it accepts no connection.
    await until(() => it.state().then(() => false, () => true), Boolean);
    it.child.kill(signal);
    assert.deepEqual(await exited, [code, null]);
  });
}
