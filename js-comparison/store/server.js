// The store behind HTTP.
//
//   POST   /files {"text": …}   201 {"id"}
//   GET    /files/{id}          200 {"text"}
//   DELETE /files/{id}          204
//   GET    /state               disk and index
//   GET    /steps               when the steps of saves began (--steps)

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { NO_FILE, failed, json, refused } from './answers.js';
import { textOf } from './body.js';
import { programOf } from '../lab/scenario.js';
import { loadScenario } from '../load.js';
import { Connections } from './connections.js';
import { isId, isMissing, listing } from './folder.js';
import { Saves } from './saves.js';
import { Steps } from './steps.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Answer } from './answers.js' */
/** @import { Options } from './options.js' */

/**
 * @callback Handler
 * @param {IncomingMessage} request
 * @param {AbortSignal} signal aborted when the client leaves before it is answered
 * @param {string} id what the path ends in
 * @returns {Promise<Answer>}
 */

/**
 * A server that does not listen yet, its connections, and the saves behind it.
 * @param {Options} options
 * @param {string[]} files what is in the folder
 */
export async function createStore(options, files) {
  const steps = options.steps ? new Steps() : undefined;
  const program = programOf(await loadScenario('save-file'), options.variant);
  const saves = new Saves(program, options, files, steps);
  const routes = routesOf(options, saves, steps);
  /** @param {IncomingMessage} request @param {ServerResponse} response */
  const respond = async (request, response) => {
    if (!connections.begin(request, response)) return;
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    // A connection that breaks is seen by `close`.
    response.on('error', () => {});
    const answer = await answered(routes, saves, request, gone.signal);
    // What has not been read of a request nobody will read.
    if (!request.complete || connections.isLast(request)) response.setHeader('connection', 'close');
    send(response, answer);
    connections.answered(request);
  };
  const server = createServer((request, response) => void respond(request, response));
  const connections = new Connections(server, options.bodyTimeout);
  // Idle connections do no harm.
  server.keepAliveTimeout = 60_000;
  // A body has its own limit. Not among the options of `createServer`: there it
  // would be that of heads, too.
  server.requestTimeout = 0;
  return { server, saves, connections };
}

/**
 * @param {[RegExp, Record<string, Handler>][]} routes
 * @param {Saves} saves
 * @param {IncomingMessage} request
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function answered(routes, saves, request, signal) {
  const [path] = (request.url ?? '/').split('?', 1);
  for (const [pattern, methods] of routes) {
    const [found, id = ''] = pattern.exec(path) ?? [];
    if (found === undefined) continue;
    const { method = '' } = request;
    const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!handler) {
      const allow = Object.keys(methods).join(', ');
      return refused(405, 'this method is not for this path', { allow });
    }
    try {
      return await handler(request, signal, id);
    } catch (error) {
      return failed(error, saves.index.size);
    }
  }
  return refused(404, 'there is no such path');
}

/**
 * @param {Options} options
 * @param {Saves} saves
 * @param {Steps | undefined} steps
 * @returns {[RegExp, Record<string, Handler>][]}
 */
function routesOf(options, saves, steps) {
  const { variant, dir, quota, lag } = options;

  /** @type {Handler} */
  const save = async (request, signal) => {
    const text = await textOf(request, options);
    try {
      const id = await saves.save(text, signal, numberOf(request));
      return json(201, { id }, { location: `/files/${id}` });
    } finally {
      saves.answered += 1;
    }
  };

  /** @type {Handler} */
  const read = async (_request, signal, id) => {
    if (!isId(id) || !saves.index.has(id)) return NO_FILE;
    try {
      return json(200, { text: await readFile(join(dir, id), 'utf8') });
    } catch (error) {
      if (isMissing(error) && !await saves.holds(id, signal)) return NO_FILE;
      throw error;
    }
  };

  /** @type {Handler} */
  const remove = async (_request, _signal, id) => {
    if (!isId(id) || !await saves.remove(id)) return NO_FILE;
    return { status: 204 };
  };

  // Waits for no lock: it answers also while a save holds it.
  const state = async () => json(200, {
    variant: `js/${variant}`,
    quota: Number.isFinite(quota) ? quota : null,
    lag_ms: lag,
    disk: await listing(dir),
    index: [...saves.index].sort(),
    locked: saves.locked,
    saves: { running: saves.running, begun: saves.begun, answered: saves.answered },
    left: { timers: process.getActiveResourcesInfo().filter((it) => it === 'Timeout').length },
  });

  return [
    [/^\/files$/, { POST: save }],
    [/^\/files\/([^/]+)$/, { GET: read, DELETE: remove }],
    [/^\/state$/, { GET: state }],
    [/^\/steps$/, {
      GET: async () => (steps
        ? { status: 200, json: steps.take() }
        : refused(404, 'steps are not kept: start the store with --steps')),
    }],
  ];
}

/**
 * The number that the client gave its save.
 * @param {IncomingMessage} request
 */
function numberOf({ headers }) {
  const number = headers['x-save'];
  return typeof number === 'string' && /^\d{1,15}$/.test(number) ? String(Number(number)) : undefined;
}

/**
 * @param {ServerResponse} response
 * @param {Answer} answer
 */
function send(response, { status, json: text, headers = {} }) {
  if (response.destroyed) return;
  response.writeHead(status, {
    ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    ...headers,
  });
  response.end(text);
}
