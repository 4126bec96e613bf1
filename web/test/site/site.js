// The playground as its binary serves it, and a page that stays in it: no
// error on the console, no request to anybody else.

import { test as base } from '@playwright/test';
import { readFile, readdir } from 'node:fs/promises';
import { start } from './binaries.js';

/** @typedef {{ open: (path?: string) => Promise<void>, complaints: string[], url: string }} Site */

export const test = base.extend(
  /** @type {import('@playwright/test').Fixtures<{ site: Site }, { server: string }, import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions, import('@playwright/test').PlaywrightWorkerArgs & import('@playwright/test').PlaywrightWorkerOptions>} */ ({
    server: [
      async ({}, use) => {
        const { child, ended, url } = await start('--port', '0');
        if (!url) throw new Error(`The playground did not start: ${(await ended).complaint}`);
        await use(url);
        child.kill();
        await ended;
      },
      { scope: 'worker' },
    ],
    site: async ({ page, server }, use) => {
      /** @type {string[]} */
      const complaints = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('request', (request) => {
        const own = request.url().startsWith(server) || /^(data|blob):/.test(request.url());
        if (!own) complaints.push(`a request to ${request.url()}`);
      });
      await use({
        complaints,
        url: server,
        open: async (path = '') => { await page.goto(server + path); },
      });
      base.expect(complaints).toEqual([]);
    },
  }),
);

export { expect } from '@playwright/test';

/** @returns {Promise<import('../../element/types.js').Bundle>} */
export const bundle = async () =>
  JSON.parse(await readFile(new URL('../../data/save-file.json', import.meta.url), 'utf8'));

/** @returns {Promise<import('../../element/types.js').Bundle[]>} */
export async function bundles() {
  const folder = new URL('../../data/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(files.map(async (name) => JSON.parse(await readFile(new URL(name, folder), 'utf8'))));
}

/**
 * The row of a language in the map, by the label of its radio button.
 * @param {import('@playwright/test').Page} page
 * @param {string} language
 */
export const verdict = (page, language) =>
  page.locator('.row').filter({ hasText: language }).locator('.verdict');
