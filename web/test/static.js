// Serves what was built, as any static host would.

import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { extname } from 'node:path';

export const DIST = new URL('../dist/', import.meta.url);

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
};

/**
 * @typedef {object} Answer
 * @property {string} body
 * @property {Record<string, string>} headers
 */

/**
 * @param {(path: string) => Answer | undefined} [own] answers before the files are looked at
 * @param {Record<string, string>} [headers] of every file
 */
export async function serve(own = () => undefined, headers = {}) {
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const found = own(pathname);
    if (found) {
      response.writeHead(200, found.headers).end(found.body);
      return;
    }
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    try {
      const file = await readFile(new URL(`.${path}`, DIST));
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, ...headers }).end(file);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
