// Copies the Go programs beside the live module, if they were built.

import { cp } from 'node:fs/promises';

const FROM = new URL('../pkg/go/', import.meta.url);
const TO = new URL('../dist/go/', import.meta.url);

/** @returns {import('vite').Plugin} */
export const copyGo = () => ({
  name: 'droppoint-go',
  apply: 'build',
  async writeBundle() {
    try {
      await cp(FROM, TO, { recursive: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
      this.warn('without Go: `just wasm` builds its programs where Go is installed');
    }
  },
});
