// The connections of a store, and their end when it is told to end. Node's own
// `close` waits for a client that says nothing, or that reads no answer, for ever.

import { once } from 'node:events';

/** @import { IncomingMessage, Server, ServerResponse } from 'node:http' */
/** @import { Socket } from 'node:net' */

/**
 * @typedef {object} Connection
 * @property {Set<ServerResponse>} underWay of each request from its arrival,
 *   before its body, until its answer is sent
 * @property {NodeJS.Timeout} [late] ends it although answers are left to read
 */

export class Connections {
  #server;
  #patience;
  #ending = false;
  /** @type {Map<Socket, Connection>} */
  #open = new Map();

  /**
   * @param {Server} server
   * @param {number} patience ms that a client has to read its answer when the
   *   store ends
   */
  constructor(server, patience) {
    this.#server = server;
    this.#patience = patience;
    server.on('connection', (/** @type {Socket} */ socket) => {
      this.#open.set(socket, { underWay: new Set() });
      socket.on('close', () => {
        clearTimeout(this.#open.get(socket)?.late);
        this.#open.delete(socket);
      });
    });
  }

  /**
   * A request has arrived, perhaps without its body.
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @returns {boolean} false: it came after the end, behind another whose
   *   answer is the last on their connection
   */
  begin({ socket }, response) {
    if (this.#ending) return false;
    this.#open.get(socket)?.underWay.add(response);
    response.on('close', () => {
      this.#open.get(socket)?.underWay.delete(response);
      if (this.#ending) this.#settle(socket);
    });
    return true;
  }

  /**
   * Whether no answer follows on the connection. There may be several under
   * way: a client need not wait for one before it sends the next request.
   * @param {IncomingMessage} request
   */
  isLast({ socket }) {
    return this.#ending && this.#open.get(socket)?.underWay.size === 1;
  }

  /**
   * A request has its answer; its client has yet to read it.
   * @param {IncomingMessage} request
   */
  answered({ socket }) {
    if (this.#ending) this.#settle(socket);
  }

  /** Accepts nothing new, and resolves when every answer is sent. */
  async end() {
    this.#ending = true;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#open.keys()) this.#settle(socket);
    await closed;
  }

  /**
   * Nobody but the client keeps a connection open on which all is answered.
   * @param {Socket} socket
   */
  #settle(socket) {
    const connection = this.#open.get(socket);
    if (!connection) return;
    const responses = [...connection.underWay];
    if (responses.length === 0) {
      socket.destroy();
    } else if (responses.every((response) => response.writableEnded)) {
      clearTimeout(connection.late);
      connection.late = setTimeout(() => socket.destroy(), this.#patience);
    }
  }
}
