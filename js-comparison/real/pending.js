// Counts pending operations in real time: a run is over when there are none.
//
// Node does not tell whether a promise can still settle. In a run, only a timer or
// a disk operation can settle one, and each of those passes through `track`.

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
   * @returns {Promise<T>} for the program. It is a new promise without a handler:
   *   a rejection that the program does not handle must stay unhandled.
   */
  track(promise) {
    this.#count += 1;
    return promise.finally(() => {
      this.#count -= 1;
      this.#check();
    });
  }

  /**
   * Calls back when the promise is fulfilled.
   * @param {Promise<unknown>} promise
   * @param {() => void} callback
   */
  then(promise, callback) {
    void this.track(promise.then(callback).catch(this.#reject));
  }

  /** Resolves when nothing is runnable and nothing is pending. */
  quiet() {
    this.#check();
    return this.#over;
  }

  #check() {
    // In the next turn, all that was runnable has run and has started its
    // operations.
    setImmediate(() => {
      if (this.#count === 0) this.#resolve('quiet');
    });
  }
}
