// SIGINT and SIGTERM: the first ends the store gracefully, the second at once.

/** The exit codes that a shell reports for these signals. */
const CODES = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143 });

/**
 * Resolves at the first signal. From then on the next one ends the process.
 * @returns {Promise<void>}
 */
export function shutdownSignal() {
  return new Promise((resolve) => {
    let received = false;
    for (const [signal, code] of Object.entries(CODES)) {
      process.on(signal, () => {
        if (received) process.exit(code);
        received = true;
        resolve();
      });
    }
  });
}
