// Turns of the event loop: in one turn every pending microtask runs.
//
// Node has `setImmediate` for that. A page has not, and delays `setTimeout(0)` by
// up to 4 ms: there a message port does it.

/** The part of a port that both Node and pages have. */
/** @typedef {{ onmessage: (() => void) | null, postMessage(_: null): void, close(): void }} Port */

export class Turns {
  /** Both ends, where a port is needed. @type {[Port, Port] | undefined} */
  #ports;
  #resolve = () => {};

  constructor() {
    if (typeof setImmediate === 'function') return;
    const { port1, port2 } = new MessageChannel();
    this.#ports = /** @type {[Port, Port]} */ (/** @type {unknown} */ ([port1, port2]));
    this.#ports[0].onmessage = () => this.#resolve();
  }

  /** Resolves in the next turn. Call it again only after that. */
  next() {
    return new Promise((/** @type {(_: void) => void} */ resolve) => {
      if (!this.#ports) {
        setImmediate(resolve);
        return;
      }
      this.#resolve = resolve;
      this.#ports[1].postMessage(null);
    });
  }

  close() {
    this.#ports?.[0].close();
  }
}
