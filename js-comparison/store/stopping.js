// Told to end by a signal: once politely, twice at once.

/** What a shell says of a process that died of it. */
const CODES = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143 });

/**
 * Resolves at the first signal. From then on the next one ends the process.
 * @returns {Promise<void>}
 */
export function untilTold() {
  return new Promise((resolve) => {
    let told = false;
    for (const [signal, code] of Object.entries(CODES)) {
      process.on(signal, () => {
        if (told) process.exit(code);
        told = true;
        resolve();
      });
    }
  });
}
