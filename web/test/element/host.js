// A page of somebody's that holds the element, served as it would be.

import { test as base } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { extname } from 'node:path';

const DIST = new URL('../../dist/', import.meta.url);

/** @type {Record<string, string>} */
const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json' };

/**
 * @typedef {object} Page
 * @property {string} body
 * @property {string} [csp]
 * @property {string} [head]
 */

/** The fallback as `droppoint embed` would put it there. */
const FALLBACK = '<table><tr><td>Rust naive</td><td>broken</td></tr></table>';

/**
 * @param {string} [attributes]
 */
export const embed = (attributes = '') =>
  `<drop-point scenario="save-file" programs="rust/naive go/naive js/naive" ${attributes}>${FALLBACK}</drop-point>`;

/** @param {Page} page */
const html = ({ body, head = '' }) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A post</title>
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/page.css">
<link rel="stylesheet" href="/drop-point.css">
<script type="module" src="/drop-point.js"></script>${head}</head>
<body><main><h1>A post</h1>${body}</main></body></html>`;

const CSS = 'body{margin:20px auto;max-width:820px;padding:0 16px;font:16px/1.5 "DejaVu Sans",sans-serif}h1{font-size:20px}';

/**
 * Serves pages by number, and what was built.
 * @returns {Promise<{ origin: string, add: (page: Page) => string, close: () => void }>}
 */
async function serve() {
  /** @type {Page[]} */
  const pages = [];
  const server = http.createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    const page = pages[Number(/^\/page\/(\d+)$/.exec(path)?.[1])];
    if (page) {
      if (page.csp) response.setHeader('content-security-policy', page.csp);
      response.setHeader('content-type', 'text/html');
      response.end(html(page));
    } else if (path === '/page.css') {
      response.setHeader('content-type', 'text/css');
      response.end(CSS);
    } else {
      try {
        const file = await readFile(new URL(`.${path}`, DIST));
        response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
        response.end(file);
      } catch {
        response.statusCode = 404;
        response.end();
      }
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    add: (page) => `${origin}/page/${pages.push(page) - 1}`,
    close: () => server.close(),
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

/** The recorded data, as it was built. */
export const bundle = async () =>
  /** @type {import('../../element/types.js').Bundle} */ (
    JSON.parse(await readFile(new URL('data/save-file.json', DIST), 'utf8')));

/** What the widths of a reader's window are. */
export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 800 };
