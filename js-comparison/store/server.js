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

import { programOf } from '../lab/scenario.js';
import { loadScenario } from '../load.js';
import { readText } from './body.js';
import { Connections } from './connections.js';
import { isId, isMissing, listing } from './folder.js';
import { HttpError, errorResponse, json } from './responses.js';
import { Saves } from './saves.js';
import { Steps } from './steps.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Options } from './options.js' */
/** @import { JsonResponse } from './responses.js' */

/**
 * @typedef {object} Context
 * @property {IncomingMessage} request
 * @property {ServerResponse} response
 * @property {AbortSignal} signal aborted when the client leaves without a response
 * @property {string} id the last part of the path
 */

/** @typedef {(context: Context) => Promise<JsonResponse>} Handler */

/** @typedef {[RegExp, Record<string, Handler>][]} Routes */

/** As in the Go store. */
const HEADERS_TIMEOUT = 10_000;
const WRITE_TIMEOUT = 10_000;

/**
 * A server that does not listen yet, its connections, and its saves.
 * @param {Options} options
 * @param {string[]} files what is in the folder
 * @param {number} [writeTimeout] ms that a client has to read its response
 */
export async function createStore(options, files, writeTimeout = WRITE_TIMEOUT) {
  const steps = options.steps ? new Steps() : undefined;
  const program = programOf(await loadScenario('save-file'), options.variant);
  const saves = new Saves(program, options, files, steps);
  const routes = createRoutes(options, saves, steps);
  /** @param {IncomingMessage} request @param {ServerResponse} response */
  const respond = async (request, response) => {
    if (!connections.begin(request, response)) return;
    const controller = new AbortController();
    const { signal } = controller;
    response.on('close', () => {
      if (!response.writableFinished) controller.abort();
    });
    // The listener for `close` handles a broken connection.
    response.on('error', () => {});
    const result = await handle(routes, saves, { request, response, signal });
    // The rest of the body will not be read.
    if (!request.complete || connections.isLast(request)) response.setHeader('connection', 'close');
    send(response, result);
    connections.written(request);
  };
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT,
    // `bodyTimeout` limits the body.
    requestTimeout: 0,
    keepAliveTimeout: 60_000,
    // Node checks the timeout of the headers only this often.
    connectionsCheckingInterval: 1000,
  });
  server.on('request', (request, response) => void respond(request, response));
  // Without this listener, Node asks for any body.
  server.on('checkContinue', (request, response) => void respond(request, response));
  const connections = new Connections(server, writeTimeout);
  return { server, saves, connections };
}

/**
 * @param {Routes} routes
 * @param {Saves} saves
 * @param {Omit<Context, 'id'>} context
 * @returns {Promise<JsonResponse>}
 */
async function handle(routes, saves, context) {
  const { url = '/', method = '' } = context.request;
  const [path] = url.split('?', 1);
  try {
    for (const [pattern, methods] of routes) {
      const [match, id = ''] = pattern.exec(path) ?? [];
      if (match === undefined) continue;
      // Node sends no body in response to HEAD.
      const name = method === 'HEAD' ? 'GET' : method;
      if (Object.hasOwn(methods, name)) return await methods[name]({ ...context, id });
      const allow = Object.keys(methods)
        .flatMap((it) => (it === 'GET' ? ['GET', 'HEAD'] : it)).join(', ');
      throw new HttpError(405, 'this method is not for this path', { allow });
    }
    throw new HttpError(404, 'there is no such path');
  } catch (error) {
    return errorResponse(error, saves.index.size);
  }
}

/**
 * @param {Options} options
 * @param {Saves} saves
 * @param {Steps | undefined} steps
 * @returns {Routes}
 */
function createRoutes(options, saves, steps) {
  const { variant, dir, quota, lag } = options;

  /** @type {Handler} */
  const save = async ({ request, response, signal }) => {
    const text = await readText(request, response, options);
    try {
      const id = await saves.save(text, signal, numberOf(request));
      return json(201, { id }, { location: `/files/${id}` });
    } finally {
      saves.answered += 1;
    }
  };

  /** @type {Handler} */
  const read = async ({ signal, id }) => {
    if (!isId(id) || !saves.index.has(id)) throw noFile();
    try {
      return json(200, { text: await readFile(join(dir, id), 'utf8') });
    } catch (error) {
      if (isMissing(error) && !await saves.holds(id, signal)) throw noFile();
      throw error;
    }
  };

  /** @type {Handler} */
  const remove = async ({ id }) => {
    if (!isId(id) || !await saves.remove(id)) throw noFile();
    return { status: 204 };
  };

  // It does not wait for the lock, which a save may hold.
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
      GET: async () => {
        if (steps) return { status: 200, body: steps.take() };
        throw new HttpError(404, 'steps are not recorded: start the store with --steps');
      },
    }],
  ];
}

/**
 * The number of a save, from its client.
 * @param {IncomingMessage} request
 */
function numberOf({ headers }) {
  const number = headers['x-save'];
  return typeof number === 'string' && /^\d{1,15}$/.test(number) ? String(Number(number)) : undefined;
}

/**
 * @param {ServerResponse} response
 * @param {JsonResponse} result
 */
function send(response, { status, body, headers = {} }) {
  if (response.destroyed) return;
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...headers,
  });
  response.end(body);
}

function noFile() {
  return new HttpError(404, 'there is no such file');
}
