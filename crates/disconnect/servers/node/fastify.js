/** fastify, and a second one that speaks HTTP/2. */
import { fastify } from 'fastify';
import { read, report, stream, work } from './probe.js';

/** @param {any} app of either protocol */
async function listen(app) {
  // The body is left to the handler.
  app.addContentTypeParser(
    '*',
    (/** @type {any} */ _request, /** @type {any} */ _body, /** @type {Function} */ done) =>
      done(null),
  );
  /** @type {[string, string, Function][]} */
  const routes = [
    ['GET', 'handler', work],
    ['POST', 'unread', work],
    ['POST', 'body', read],
    ['GET', 'stream', stream],
  ];
  for (const [method, when, handler] of routes) {
    const answer = async (/** @type {any} */ request, /** @type {any} */ reply) => {
      // What is streamed goes past fastify, so that no part of it is held.
      if (when === 'stream') reply.hijack();
      await handler(request.params.id, request.raw, reply.raw);
      if (when === 'stream') reply.raw.end();
      return '';
    };
    app.route({ method, url: `/probe/${when}/:id`, handler: answer });
  }
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { port: app.server.address().port, version: app.version };
}

const { port, version } = await listen(fastify());
const { port: h2_port } = await listen(fastify({ http2: true }));
report({ fact: 'listening', port, h2_port, version });
