// Counts what is under way in real time: a run is over when nothing is.
//
// Node has no way to ask whether a promise will ever settle. But everything
// that can settle one in here is a timer or a disk operation of the run, and
// those pass through `track`.

export class Pending {
  #count = 0;
  /** @type {(_: 'quiet') => void} */
  #resolve = () => {};
  /** @type {(error: unknown) => void} */
  #reject = () => {};
  /** @type {Promise<'quiet'>} */
  #over = new Promise((resolve, reject) => {
    this.#resolve = resolve;
    this.#reject = reject;
  });

  /**
   * @template T
   * @param {Promise<T>} promise
   * @returns {Promise<T>} for the program. Not the same one: that has a handler
   *   now, and a rejection that the program forgets must stay unhandled.
   */
  track(promise) {
    this.#count += 1;
    return promise.finally(() => {
      this.#count -= 1;
      this.#look();
    });
  }

  /**
   * Calls the driver back when the promise is settled.
   * @param {Promise<unknown>} promise
   * @param {() => void} go
   */
  then(promise, go) {
    void this.track(promise.then(go).catch(this.#reject));
  }

  /** Resolves when nothing is runnable and nothing is under way. */
  quiet() {
    this.#look();
    return this.#over;
  }

  #look() {
    // One turn later whatever was runnable has run, and has begun what it
    // wanted to begin.
    setImmediate(() => {
      if (this.#count === 0) this.#resolve('quiet');
    });
  }
}
