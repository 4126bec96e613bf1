// The Chromium that is installed. Nothing is downloaded.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

const FLAGS = [
  '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update',
  '--disable-sync',
];

/** Why the tests are skipped if there is none. */
export const NO_BROWSER =
  `no browser: none of ${NAMES.join(', ')} is on PATH, and CHROMIUM is not set`;

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} the path of a Chromium
 */
export function findChromium({ CHROMIUM, PATH = '' }) {
  // If the one that CHROMIUM names does not start, that is an error.
  if (CHROMIUM) return CHROMIUM;
  return NAMES
    .flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** @param {string} executablePath */
export function launch(executablePath) {
  return chromium.launch({ executablePath, args: FLAGS });
}
