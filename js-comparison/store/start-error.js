// Why a store does not start.

export class StartError extends Error {
  /**
   * @param {string} message
   * @param {1 | 2} exitCode 1: it failed; 2: invalid usage
   */
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}
