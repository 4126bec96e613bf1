// The end of a store, and its open connections.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { folder, store, until } from './support/store.js';

/** @param {string} address */
const connected = async (address) => {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
};

/** @param {import('node:net').Socket} socket */
const readAll = async (socket) => {
  let said = '';
  socket.setEncoding('utf8');
  for await (const part of socket) said += part;
  return said;
};

const SAVE = 'POST /files HTTP/1.1\r\nhost: x\r\ncontent-length: 14\r\n\r\n{"text":"xyz"}';

test('at the end it answers every request that it has received', async (t) => {
  const it = await store(t, await folder(t), '--lag', '300');
  const socket = await connected(it.address);
  socket.write(SAVE + SAVE);
  await until(() => it.state(), ({ saves }) => saves.running === 2);
  const [code, said] = await Promise.all([it.stop(), readAll(socket)]);
  assert.equal(code, 0);
  const [first = '', second = ''] = said.split('HTTP/1.1 201').slice(1);
  assert.doesNotMatch(first, /connection: close/i);
  assert.match(second, /connection: close/i);
  assert.equal(it.said.at(-1), 'Stopped; 2 saves finished.');
});

test('at the end it does not wait for a connection without a request', { timeout: 60_000 }, async (t) => {
  // Longer than the test may take.
  const it = await store(t, await folder(t), '--body-timeout', '600000');
  const [silent, half] = [await connected(it.address), await connected(it.address)];
  half.write('POST /files HT');
  // The store has seen both connections: this request came later.
  await it.state();
  const [code] = await Promise.all([it.stop(), readAll(silent), readAll(half)]);
  assert.equal(code, 0);
});
