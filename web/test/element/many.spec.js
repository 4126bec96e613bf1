// Thirty embeds on a page: nothing jumps, nothing is fetched that is far away.

import { WATCH } from '../watch.js';
import { embed, expect, test } from './host.js';
import { THIRTY } from './pages.js';

test('thirty elements: few nodes, one request, no layout shift', async ({ page, host }) => {
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.addInitScript(WATCH);
  await host.open({ body: THIRTY });
  await expect(page.getByRole('slider').first()).toBeVisible();

  const shown = () => page.locator('drop-point').evaluateAll((all) =>
    all.map((one) => one.shadowRoot?.querySelector('.comparison') !== null));
  expect((await shown()).slice(0, 2)).toEqual([true, true]);
  expect((await shown()).slice(6)).not.toContain(true);

  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let at = 0; at < 30; at++) {
    await page.locator('drop-point').nth(at).scrollIntoViewIfNeeded();
    await expect(page.locator('drop-point').nth(at).getByRole('slider')).toBeVisible();
  }
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);

  const nodes = await page.locator('drop-point').evaluateAll((all) =>
    all.map((one) => (one.shadowRoot?.querySelectorAll('*').length ?? 0) + one.querySelectorAll('*').length));
  console.log(`${Math.max(...nodes)} nodes each`);
  expect(Math.max(...nodes)).toBeLessThanOrEqual(250);
  expect(fetched.filter((path) => path.startsWith('/data/'))).toEqual(['/data/save-file.json']);
  expect(fetched.filter((path) => /live|panes/.test(path))).toEqual([]);

  const seen = await page.evaluate(() => /** @type {any} */ (window).seen);
  console.log(`layout shift ${seen.shift}, long tasks ${JSON.stringify(seen.long)} ms`);
  expect(seen.shift).toBe(0);
});

test('far from the window nothing is fetched', async ({ page, host }) => {
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await host.open({ body: `<p>${'<br>'.repeat(200)}</p>${embed()}` });
  await page.evaluate(() => customElements.whenDefined('drop-point'));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  expect(fetched.filter((path) => path.startsWith('/data/'))).toEqual([]);
  await expect(page.getByRole('cell', { name: 'Rust naive' })).toBeAttached();
  await page.locator('drop-point').scrollIntoViewIfNeeded();
  await expect(page.getByRole('slider')).toBeVisible();
});
