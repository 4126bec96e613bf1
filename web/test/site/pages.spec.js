// Every page for every reader: axe, no script, from any folder of any host.

import { AxeBuilder } from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { extname } from 'node:path';
import { bundles, expect, test, verdict } from './site.js';

const DIST = new URL('../../dist/', import.meta.url);
const scenarios = (await bundles()).map(({ id }) => `s/${id}/`);
const PAGES = ['', 's/save-file/', 'post.html'];

for (const [width, colorScheme] of /** @type {const} */ ([[360, 'dark'], [1280, 'light']])) {
  for (const path of ['', 'post.html', ...scenarios]) {
    test(`axe finds nothing on /${path} at ${width} px, ${colorScheme}`, async ({ page, site }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await site.open(path);
      await page.getByRole('slider').first().press('ArrowLeft');
      if (path.startsWith('s/')) {
        // Another row may be selected, where something breaks, and only Rust
        // has internals.
        await page.getByRole('radio').first().check();
        await expect(page.getByText(/^From a run in this page/).or(page.getByText('From the recording: a page cannot run it.'))).toBeVisible();
        const internals = page.getByText('Rust internals');
        await internals.click();
        await expect(page.getByText(/^The poll of .* returns (Pending|Ready)\.$/).first()).toBeVisible();
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    });
  }
}

for (const path of ['', 's/receive/', 's/save-file/']) {
  test(`/${path} at 400 %: nothing is wider than the window`, async ({ page, site }) => {
    // 1280 pixels wide, four times as large.
    await page.setViewportSize({ width: 320, height: 256 });
    await site.open(path);
    // It is made when a reader comes near it.
    await page.locator('drop-point').first().scrollIntoViewIfNeeded();
    await page.getByRole('slider').first().press('ArrowLeft');
    await expect(page.getByRole('table').first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  test(`axe finds nothing on /${path} in forced colours`, async ({ page, site }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await site.open(path);
    await page.getByRole('slider').first().press('ArrowLeft');
    await expect(page.getByRole('table').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the table is shown, and no button', async ({ page, site }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    for (const path of PAGES) {
      await site.open(path);
      const table = page.getByRole('table', { name: /A client leaves while/ }).first();
      await expect(table.getByRole('row', { name: 'Rust naive' })).toContainText('X broken');
      await expect(page.getByRole('button')).toHaveCount(0);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
  });
});

test('a static host can serve it from any folder', async ({ page }) => {
  const TYPES = /** @type {Record<string, string>} */ ({
    '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml',
  });
  /** @type {string[]} */
  const missing = [];
  const host = http.createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    try {
      if (!path.startsWith('/a/b/')) throw new Error('outside');
      const file = path.slice('/a/b/'.length) + (path.endsWith('/') ? 'index.html' : '');
      const content = await readFile(new URL(file, DIST));
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.end(content);
    } catch {
      missing.push(path);
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => host.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (host.address());
  await page.goto(`http://127.0.0.1:${port}/a/b/`);
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByText('ran in this page: same as recorded')).toBeVisible();
  await page.getByRole('link', { name: 'The same, event by event' }).click();
  await page.getByRole('button', { name: /Run Go here/ }).click();
  await expect(page.getByText('Go now runs in this page.')).toBeVisible();
  await page.getByRole('link', { name: 'droppoint', exact: true }).click();
  await page.getByRole('link', { name: 'In a blog post' }).click();
  await expect(verdict(page, 'Rust').first()).toContainText('broken');
  expect(missing).toEqual([]);
  host.closeAllConnections();
  host.close();
});

test('in print there are no controls', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms');
  await expect(verdict(page, 'Rust')).toContainText('broken');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Copy embed code' })).toBeHidden();
  await expect(page.getByText('File a is on the disk and in no index.')).toBeVisible();
});

test('when the data cannot be loaded: a message, the table, and no button', async ({ page, site }) => {
  await page.route('**/data/save-file.json', (route) => route.abort());
  for (const path of ['', 's/save-file/']) {
    await site.open(path);
    await expect(page.getByText('The data of save-file could not be loaded: offline, or blocked by this page.')).toBeVisible();
    await expect(page.getByRole('table', { name: /A client leaves while/ })).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
  }
  // The browser itself speaks of the failed requests.
  expect(site.complaints.splice(0).every((text) => text.includes('ERR_FAILED'))).toBe(true);
});
