// Why a store does not start, in a sentence.

export class Trouble extends Error {
  /**
   * @param {string} message
   * @param {1 | 2} exitCode 1: it cannot be done; 2: it was asked for wrongly
   */
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}
