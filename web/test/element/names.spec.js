// Which program a row is, at every width.

import { readFile } from 'node:fs/promises';
import { DIST } from '../static.js';
import { expect, test } from './host.js';

/** @type {string[]} */
const SCENARIOS = JSON.parse(await readFile(new URL('data/ids.json', DIST), 'utf8'));

for (const width of [1280, 800, 740, 640, 360]) {
  test(`no program's name is cut at ${width} px`, async ({ page, host }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const id of SCENARIOS) {
      await host.open({ body: `<drop-point scenario="${id}"></drop-point>` });
      await expect(page.getByRole('slider')).toBeVisible();
      const cut = await page.locator('select.picker').evaluateAll((all) => all.flatMap((one) => {
        const select = /** @type {HTMLSelectElement} */ (one);
        const { width } = select.getBoundingClientRect();
        // The same one, as wide as what is chosen needs it to be.
        const free = /** @type {HTMLSelectElement} */ (select.cloneNode(true));
        free.style.cssText = 'position: absolute; field-sizing: content; width: max-content; min-width: 0; max-width: none';
        select.after(free);
        const names = [...select.options].filter((_, at) => {
          free.selectedIndex = at;
          return free.getBoundingClientRect().width > width + 0.5;
        });
        free.remove();
        return names.map(({ text }) => text);
      }));
      expect(cut, id).toEqual([]);
    }
  });
}

test('a row is no higher than its name and its cells, whatever its verdict', async ({ page, host }) => {
  await page.setViewportSize({ width: 360, height: 900 });
  await host.open();
  await expect(page.getByRole('slider')).toBeVisible();
  const heights = () => page.locator('.row').evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  const before = await heights();
  expect(Math.max(...before)).toBeLessThanOrEqual(44 + 44 + 6);
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByText('finished anyway', { exact: true }).first()).toBeVisible();
  expect(await heights()).toEqual(before);
});

test('where columns would be narrow, the cells have the whole width', async ({ page, host }) => {
  for (const width of [768, 740, 640]) {
    await page.setViewportSize({ width, height: 900 });
    await host.open();
    const cells = await page.getByRole('img', { name: /^Rust/ }).boundingBox();
    const element = await page.locator('drop-point').boundingBox();
    expect(cells?.width, `at ${width} px`).toBe(element?.width);
  }
});
