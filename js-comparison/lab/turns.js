// Turns of the event loop: after one, every microtask that was due has run.
//
// A message port and not `setTimeout(0)`, which pages stretch to 4 ms; the
// same code runs in Node. An open port keeps a Node process alive: close it.

/** A port as both Node and pages have it. */
/** @typedef {{ onmessage: (() => void) | null, close(): void }} Port */

export class Turns {
  #channel = new MessageChannel();
  #port = /** @type {Port} */ (/** @type {unknown} */ (this.#channel.port1));
  #taken = () => {};

  constructor() {
    this.#port.onmessage = () => this.#taken();
  }

  /** Resolves in the next turn. One at a time. */
  next() {
    return new Promise((/** @type {(_: void) => void} */ resolve) => {
      this.#taken = resolve;
      this.#channel.port2.postMessage(null);
    });
  }

  close() {
    this.#port.close();
  }
}
