// A page of somebody's that holds the element, served as it would be.

import { test as base } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { CSS, embed, html } from './pages.js';
import { DIST, serve as serveFiles } from '../static.js';

/** @import { Page } from './pages.js' */

/** Serves pages by number, and what was built. */
async function serve() {
  /** @type {Page[]} */
  const pages = [];
  const { origin, close } = await serveFiles((path) => {
    if (path === '/page.css') return { body: CSS, headers: { 'content-type': 'text/css' } };
    const page = pages[Number(/^\/page\/(\d+)$/.exec(path)?.[1])];
    if (!page) return undefined;
    const csp = page.csp ? { 'content-security-policy': page.csp } : undefined;
    return { body: html(page), headers: { 'content-type': 'text/html', ...csp } };
  });
  return {
    origin,
    /** @param {Page} page */
    add: (page) => `${origin}/page/${pages.push(page) - 1}`,
    close,
  };
}

/**
 * @typedef {Awaited<ReturnType<typeof serve>>} Server
 * @typedef {{ open: (page?: Partial<Page>) => Promise<void>, complaints: string[] }} Host
 */

export const test = base.extend(
  /** @type {import('@playwright/test').Fixtures<{ host: Host }, { server: Server }, import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions, import('@playwright/test').PlaywrightWorkerArgs & import('@playwright/test').PlaywrightWorkerOptions>} */ ({
    server: [
      async ({}, use) => {
        const server = await serve();
        await use(server);
        server.close();
      },
      { scope: 'worker' },
    ],
    host: async ({ page, server }, use) => {
      /** @type {string[]} */
      const complaints = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (/Content Security|Trusted|Unhandled/i.test(message.text())) complaints.push(message.text());
      });
      await use({
        complaints,
        open: async (asked = {}) => {
          await page.goto(server.add({ body: embed(), ...asked }));
        },
      });
      // Whatever was done to the element, the page itself heard of no error.
      base.expect(complaints).toEqual([]);
    },
  }),
);

export { expect } from '@playwright/test';
export { embed };

/** The recorded data, as it was built. */
export const bundle = async () =>
  /** @type {import('../../element/types.js').Bundle} */ (
    JSON.parse(await readFile(new URL('data/save-file.json', DIST), 'utf8')));

/** What the widths of a reader's window are. */
export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 800 };
