// A server for the modules of js-comparison, and one empty page.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const ROOT = new URL('../../', import.meta.url);

const HEADERS = {
  // The page may load modules from this server and nothing else.
  'content-security-policy': "default-src 'none'; script-src 'self'",
  'content-type': 'text/html; charset=utf-8',
};

const PAGE = '<!doctype html><title>modules</title>';

/**
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export async function serveModules() {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/') {
      response.writeHead(200, HEADERS).end(PAGE);
      return;
    }
    readFile(new URL(`.${path}`, ROOT)).then(
      (text) => {
        const type = { 'content-type': 'text/javascript' };
        response.writeHead(200, { ...HEADERS, ...type }).end(text);
      },
      () => {
        response.writeHead(404, HEADERS).end();
      },
    );
  });
  await new Promise((/** @type {(_: void) => void} */ resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (
    server.address()
  );
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
