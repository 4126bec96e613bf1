// The store as a process: its responses, a client that leaves, start and stop.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { folder, jsonOf, store, until } from './support/store.js';

const MAIN = fileURLToPath(new URL('../store/main.js', import.meta.url));
const SOME_ID = '67e55044-10b1-426f-9247-bb680e5fe0c8';

/** @param {Response} answer */
const errorOf = async (answer) => [answer.status, (await jsonOf(answer)).error];

test('a file is saved, read and deleted', async (t) => {
  const it = await store(t, await folder(t), '--lag', '0');
  const saved = await it.save({ text: 'häuser' });
  assert.equal(saved.status, 201);
  const { id } = await jsonOf(saved);
  assert.equal(saved.headers.get('location'), `/files/${id}`);
  assert.deepEqual(await jsonOf(await it.ask(`/files/${id}`)), { text: 'häuser' });
  const { disk, index, locked, saves } = await it.state();
  assert.deepEqual({ disk, index, locked }, { disk: { [id]: 7 }, index: [id], locked: false });
  assert.deepEqual(saves, { running: 0, begun: 1, answered: 1 });
  assert.equal((await it.ask(`/files/${id}`, { method: 'DELETE' })).status, 204);
  assert.deepEqual(await errorOf(await it.ask(`/files/${id}`)), [404, 'there is no such file']);
  assert.deepEqual((await it.state()).disk, {});
});

test('a save over the quota is refused', async (t) => {
  const it = await store(t, await folder(t), '--lag', '0', '--quota', '1');
  await it.save({ text: '' });
  assert.deepEqual(await errorOf(await it.save({ text: '' })), [507, 'over quota: the store holds 1 file']);
});

test('an invalid upload is refused, with the reason', async (t) => {
  const it = await store(t, await folder(t), '--max-body', '30', '--lag', '0');
  /** @type {[string, number, RegExp][]} */
  const bad = [
    ['', 400, /not valid JSON/], ['{"text": 3}', 400, /"text" is a number, not a string/],
    ['{}', 400, /"text" is missing/], ['["text"]', 400, /it is an array/],
    ['{"text":"","more":1}', 400, /unknown field "more"/],
    [`{"text":"${'x'.repeat(30)}"}`, 413, /over 30 bytes/],
  ];
  for (const [body, status, why] of bad) {
    const [got, error] = await errorOf(await it.ask('/files', { method: 'POST', body }));
    assert.equal(got, status, body);
    assert.match(error, why);
  }
  assert.deepEqual(await errorOf(await it.ask('/nowhere')), [404, 'there is no such path']);
  const put = await it.ask('/files', { method: 'PUT' });
  assert.deepEqual([put.status, put.headers.get('allow')], [405, 'POST']);
  assert.equal((await it.state()).saves.begun, 0);
});

test('a connection is closed if the body of a request is not read', async (t) => {
  const it = await store(t, await folder(t));
  const { hostname, port } = new URL(it.address);
  const closes = async (/** @type {string} */ head) => {
    const socket = connect(Number(port), hostname);
    socket.write(`${head}\r\nhost: x\r\n\r\n`);
    const [answer] = /** @type {[Buffer]} */ (await once(socket, 'data'));
    const closed = /^connection: close/im.test(String(answer));
    if (closed) await once(socket, 'close');
    socket.destroy();
    return closed;
  };
  assert.equal(await closes('POST /nowhere HTTP/1.1\r\ncontent-length: 10'), true);
  assert.equal(await closes('PUT /files HTTP/1.1\r\ncontent-length: 10'), true);
  assert.equal(await closes('GET /nowhere HTTP/1.1'), false);
  assert.equal(await closes('PUT /files HTTP/1.1\r\ncontent-length: 0'), false);
});

test('only an id becomes a path', async (t) => {
  const dir = await folder(t);
  const it = await store(t, dir, '--lag', '0');
  await writeFile(join(dir, 'secret'), 'x');
  for (const id of ['secret', '..%2Fsecret', '%2e%2e', SOME_ID.toUpperCase(), SOME_ID]) {
    for (const method of ['GET', 'DELETE']) {
      assert.equal((await it.ask(`/files/${id}`, { method })).status, 404, `${method} ${id}`);
    }
  }
  assert.deepEqual(await readdir(dir), ['.lock', 'secret']);
});

/** @type {[string, { disk: number, index: number }][]} */
const LEFT = [
  ['naive', { disk: 1, index: 1 }],
  ['signal-checked', { disk: 1, index: 0 }],
  ['signal-write', { disk: 1, index: 0 }],
  ['signal-finally', { disk: 0, index: 0 }],
  ['shielded', { disk: 1, index: 1 }],
];
for (const [variant, left] of LEFT) {
  test(`${variant}: what is left when the client leaves during the lag`, async (t) => {
    const it = await store(t, await folder(t), '--variant', variant, '--lag', '300', '--steps');
    const client = new AbortController();
    const answer = it.save({ text: 'x' }, { signal: client.signal, headers: { 'x-save': '1' } });
    await until(async () => jsonOf(await it.ask('/steps')), ([save]) => save?.steps[3] !== undefined);
    client.abort();
    await assert.rejects(answer);
    const { disk, index, locked } = await until(() => it.state(), ({ saves }) => saves.running === 0);
    assert.deepEqual({ disk: Object.keys(disk).length, index: index.length, locked }, { ...left, locked: false });
  });
}

test('at the end it finishes the saves of clients that have left', async (t) => {
  const it = await store(t, await folder(t), '--lag', '300');
  const client = new AbortController();
  const answer = it.save({ text: 'x' }, { signal: client.signal });
  await until(() => it.state(), ({ saves }) => saves.running === 1);
  client.abort();
  await assert.rejects(answer);
  assert.equal(await it.stop(), 0);
  assert.equal(it.said.at(-1), 'Stopped; 1 save finished.');
});

test('after a start, the index is what lies in the folder', async (t) => {
  const dir = await folder(t);
  const second = SOME_ID.replace('6', '7');
  const third = SOME_ID.replace('6', '8');
  for (const name of [SOME_ID, second, third, `${third}.part`]) await writeFile(join(dir, name), 'x');
  const it = await store(t, dir, '--lag', '0');
  assert.deepEqual(it.said.slice(0, 2), [
    `Found 3 files in ${dir}; removed 1 with a temporary name.`, 'The quota of 2 is exceeded by 1.',
  ]);
  assert.deepEqual((await it.state()).index, [SOME_ID, second, third]);
});

test('an invalid command line is an error that names the option', async (t) => {
  const dir = await folder(t);
  /** @type {[string[], number, RegExp][]} */
  const bad = [
    [['--dir', dir, '--variant', 'naiv'], 2, /did you mean 'naive'/],
    [[], 2, /--dir is missing/], [['--dir', MAIN], 2, /is not a folder/],
    [['--dir', dir, '--port', '70000'], 2, /--port takes/], [['--dir', dir, '--lag', '1s'], 2, /--lag takes/],
    [['--dir', dir, '--quota', '0'], 2, /--quota takes/],
  ];
  for (const [args, code, why] of bad) {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
    assert.equal(status, code, args.join(' '));
    assert.match(stderr, why);
  }
});

test('a port that is in use is an error that says what to do', async (t) => {
  const { address } = await store(t, await folder(t));
  const { port } = new URL(address);
  const { status, stderr } = spawnSync(process.execPath, [MAIN, '--dir', await folder(t), '--port', port], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.equal(stderr, `port ${port} is in use on 127.0.0.1: choose another with --port, or 0 for any\n`);
});
