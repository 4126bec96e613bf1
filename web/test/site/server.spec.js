// The server: what it says of each file, and how it begins and ends.

import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { start } from './binaries.js';
import { expect, test } from './site.js';

const DIST = new URL('../../dist/', import.meta.url);

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
  + "worker-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Unlike fetch, it shows what is really sent.
 * @param {string} url
 * @param {http.RequestOptions} [options]
 */
async function get(url, options = {}) {
  const request = http.request(url, options).end();
  const [response] = /** @type {[http.IncomingMessage]} */ (await once(request, 'response'));
  const body = Buffer.concat(await response.toArray());
  return { status: response.statusCode, headers: response.headers, body };
}

for (const [path, file, type] of [
  ['', 'index.html', 'text/html; charset=utf-8'],
  ['s/save-file/', 's/save-file/index.html', 'text/html; charset=utf-8'],
  ['drop-point.js', 'drop-point.js', 'text/javascript; charset=utf-8'],
  ['data/save-file.json', 'data/save-file.json', 'application/json; charset=utf-8'],
  ['site.css', 'site.css', 'text/css; charset=utf-8'],
  ['go/droppoint.wasm', 'go/droppoint.wasm', 'application/wasm'],
  ['icon.svg', 'icon.svg', 'image/svg+xml'],
]) {
  test(`/${path} is ${type}, packed on request, and asked for once`, async ({ server }) => {
    const content = await readFile(new URL(file, DIST));
    const plain = await get(server + path);
    expect(plain.status).toBe(200);
    expect(plain.headers).toMatchObject({
      'content-type': type, 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache', vary: 'accept-encoding', 'content-length': String(content.length),
    });
    expect(plain.body.equals(content)).toBe(true);

    const packed = await get(server + path, { headers: { 'accept-encoding': 'br, gzip;q=0.8' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.body).equals(content)).toBe(true);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    const refused = await get(server + path, { headers: { 'accept-encoding': 'gzip;q=0' } });
    expect(refused.headers['content-encoding']).toBeUndefined();

    const again = await get(server + path, { headers: { 'if-none-match': `"x", W/${plain.headers.etag}` } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const head = await get(server + path, { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(content.length), 0]);
  });
}

test('what is not there, a folder without its slash, another method', async ({ server }) => {
  for (const path of ['nothing', 'data/', '../Cargo.toml', '%2e%2e/Cargo.toml', 'index.html/x']) {
    const { status, headers, body } = await get(server + path);
    expect([path, status, headers['content-type']]).toEqual([path, 404, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toBe(POLICY);
    expect(body.toString()).toContain('Page not found');
  }
  const folder = await get(`${server}s/save-file`);
  expect([folder.status, folder.headers.location]).toEqual([308, '/s/save-file/']);
  expect((await get(server, { method: 'POST' })).status).toBe(405);
});

test('a port in use is an error that names it', async ({ server }) => {
  const { port } = new URL(server);
  const { ended } = await start('--port', port);
  expect(await ended).toMatchObject({
    code: 1, complaint: `error: port ${port} on 127.0.0.1 is in use; --port 0 takes any free one\n`,
  });
});

test('without --port, two of them find a port each', async () => {
  const both = [await start(), await start()];
  expect(new Set(both.map(({ url }) => url)).size).toBe(2);
  for (const { child } of both) child.kill('SIGINT');
  await Promise.all(both.map(({ ended }) => ended));
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  test(`${signal} ends it, with a connection open`, async () => {
    const { child, ended, url } = await start('--port', '0');
    const agent = new http.Agent({ keepAlive: true });
    await get(url, { agent });
    child.kill(signal);
    expect(await ended).toEqual({ code: 0, signal: null, complaint: '' });
    agent.destroy();
  });
}
