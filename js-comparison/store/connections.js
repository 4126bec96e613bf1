// The connections of a store: a client that does not read its response, and the end
// of the server.
//
// Node's own `close` waits for a client that does not read its response, and before
// Node 26 also for one that has sent nothing. Nor does it end a connection on which
// only a part of a request has arrived.

import { once } from 'node:events';

/** @import { IncomingMessage, Server, ServerResponse } from 'node:http' */
/** @import { Socket } from 'node:net' */

/**
 * @typedef {object} Connection
 * @property {Set<ServerResponse>} pending from the arrival of the request, before
 *   its body, until the response is sent
 * @property {NodeJS.Timeout} [timer] set while all of them wait for the client
 */

export class Connections {
  #server;
  #writeTimeout;
  #ending = false;
  /** @type {Map<Socket, Connection>} */
  #open = new Map();

  /**
   * @param {Server} server
   * @param {number} writeTimeout ms that a client has to read its response
   */
  constructor(server, writeTimeout) {
    this.#server = server;
    this.#writeTimeout = writeTimeout;
    server.on('connection', (/** @type {Socket} */ socket) => {
      this.#open.set(socket, { pending: new Set() });
      socket.on('close', () => {
        clearTimeout(this.#open.get(socket)?.timer);
        this.#open.delete(socket);
      });
    });
  }

  /**
   * A request has arrived, perhaps without its body.
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @returns {boolean} false if it came after the end: the response to an earlier
   *   request is the last one of the connection
   */
  begin({ socket }, response) {
    if (this.#ending) return false;
    this.#open.get(socket)?.pending.add(response);
    this.#update(socket);
    response.on('close', () => {
      this.#open.get(socket)?.pending.delete(response);
      this.#update(socket);
    });
    return true;
  }

  /**
   * Whether this is the last response of its connection. A client may send the next
   * request before it has the response, so several can be pending.
   * @param {IncomingMessage} request
   */
  isLast({ socket }) {
    return this.#ending && this.#open.get(socket)?.pending.size === 1;
  }

  /**
   * A response has been written; the client has yet to read it.
   * @param {IncomingMessage} request
   */
  written({ socket }) {
    this.#update(socket);
  }

  /** Accepts no connection, and resolves when every response is sent. */
  async end() {
    this.#ending = true;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#open.keys()) this.#update(socket);
    await closed;
  }

  /** @param {Socket} socket */
  #update(socket) {
    const connection = this.#open.get(socket);
    if (!connection) return;
    clearTimeout(connection.timer);
    const responses = [...connection.pending];
    if (responses.length === 0) {
      if (this.#ending) socket.destroy();
    } else if (responses.every((response) => response.writableEnded)) {
      // Unref: the socket keeps the process alive for as long.
      connection.timer = setTimeout(() => socket.destroy(), this.#writeTimeout).unref();
    }
  }
}
