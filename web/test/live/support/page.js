// A page of one's own in a real browser, and a server of static files for it.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';

import { chromium } from '@playwright/test';

import { chromium as executable, FLAGS } from '../../browser.js';

/** @import { Browser, Page } from '@playwright/test' */

const ROOT = new URL('../../../../', import.meta.url);

/** Only what the page may see: the modules as they stand, and the build. */
const SERVED = /^\/(?:web\/(?:live|pkg|dist)|js-comparison)\/[\w./-]+$/;

/** The live part, unbundled. */
const MODULES = '/web/live/index.js';

/** The live part as it is shipped. */
export const BUILT = '/web/dist/live.js';

/** @type {Record<string, string>} */
const TYPES = { js: 'text/javascript', json: 'application/json', wasm: 'application/wasm' };

/** What a page may do where scripts are allowed and nothing else is said. */
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

/** The same without WebAssembly. */
export const WITHOUT_WASM = STRICT.replace(" 'wasm-unsafe-eval'", '');

/**
 * Serves the repository's modules, unbundled, and an empty page.
 * @param {{ csp: string, types?: Record<string, string> }} options
 */
async function serve({ csp, types = {} }) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const headers = { 'content-security-policy': csp };
    if (path === '/') {
      const html = { 'content-type': 'text/html; charset=utf-8' };
      response.writeHead(200, { ...headers, ...html }).end('<!doctype html><title>live</title>');
      return;
    }
    const type = { ...TYPES, ...types }[path.split('.').at(-1) ?? ''] ?? 'text/plain';
    const none = () => response.writeHead(404, headers).end();
    if (!SERVED.test(path)) {
      none();
      return;
    }
    readFile(new URL(`.${path}`, ROOT)).then((body) => {
      const length = { 'content-type': type, 'content-length': body.length };
      response.writeHead(200, { ...headers, ...length }).end(body);
    }, none);
  });
  await new Promise((/** @type {(_: void) => void} */ done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @type {Promise<Browser> | undefined} */
let browser;

function launch() {
  browser ??= chromium.launch({ executablePath: executable(), args: FLAGS });
  return browser;
}

export async function closeBrowser() {
  await (await browser)?.close();
}

/**
 * Opens a page that may do what `csp` says, and gives it to `use`, with the
 * address of the live modules. What the page complains of is returned.
 * @param {(page: Page, live: string) => Promise<void>} use
 * @param {{ csp?: string, types?: Record<string, string>, live?: string }} [options]
 */
export async function inPage(use, { csp = STRICT, types, live = MODULES } = {}) {
  const { origin, close } = await serve({ csp, types });
  const context = await (await launch()).newContext();
  try {
    const page = await context.newPage();
    /** @type {string[]} */
    const heard = [];
    page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => heard.push(`pageerror: ${error.message}`));
    await page.goto(`${origin}/`);
    await use(page, origin + live);
    return heard;
  } finally {
    await context.close();
    close();
  }
}
