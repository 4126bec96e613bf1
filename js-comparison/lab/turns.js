// Turns of the event loop: after one, every microtask that was due has run.
//
// Node has `setImmediate` for that. Pages have not, and stretch `setTimeout(0)`
// to 4 ms: there a message port takes its place.

/** A port as both Node and pages have it. */
/** @typedef {{ onmessage: (() => void) | null, postMessage(_: null): void, close(): void }} Port */

export class Turns {
  /** Both ends, where a port is needed. @type {[Port, Port] | undefined} */
  #ports;
  #taken = () => {};

  constructor() {
    if (typeof setImmediate === 'function') return;
    const { port1, port2 } = new MessageChannel();
    this.#ports = /** @type {[Port, Port]} */ (/** @type {unknown} */ ([port1, port2]));
    this.#ports[0].onmessage = () => this.#taken();
  }

  /** Resolves in the next turn. One at a time. */
  next() {
    return new Promise((/** @type {(_: void) => void} */ resolve) => {
      if (!this.#ports) {
        setImmediate(resolve);
        return;
      }
      this.#taken = resolve;
      this.#ports[1].postMessage(null);
    });
  }

  close() {
    this.#ports?.[0].close();
  }
}
