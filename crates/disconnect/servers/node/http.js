/** node:http, and node:http2 for HTTP/2: Node has a module for each. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createServer2 } from 'node:http2';
import { read, report, stream, work } from './probe.js';

/** @type {Record<string, Function>} */
const handlers = { handler: work, unread: work, body: read, stream };

/**
 * @param {any} request of either module
 * @param {any} response
 */
async function answer(request, response) {
  const [, , when, id] = request.url.split('/');
  await handlers[when](id, request, response);
  response.end();
}

/** @param {import('node:net').Server} server */
async function listen(server) {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return address.port;
}

const port = await listen(createServer(answer));
const h2_port = await listen(createServer2(answer));
report({ fact: 'listening', port, h2_port, version: process.versions.node });
