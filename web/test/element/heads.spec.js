// A cell has a name only if a head stands over its column.

import { readFile } from 'node:fs/promises';
import { DIST } from '../static.js';
import { expect, test } from './host.js';

/** @type {string[]} */
const SCENARIOS = JSON.parse(await readFile(new URL('data/ids.json', DIST), 'utf8'));

for (const width of [1280, 768, 740, 640, 360]) {
  test(`every column has a head at ${width} px, and no word is cut`, async ({ page, host }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const id of SCENARIOS) {
      await host.open({ body: `<drop-point scenario="${id}"></drop-point>` });
      await expect(page.getByRole('slider')).toBeVisible();
      const heads = await page.locator('.heads > div').evaluateAll((all) => all.map((head) => ({
        text: /** @type {HTMLElement} */ (head).innerText.trim(),
        cut: [...head.querySelectorAll('span')].some((span) => span.scrollWidth > span.clientWidth + 1),
      })));
      expect(heads.filter(({ text, cut }) => !text || cut), id).toEqual([]);
      expect(heads.at(0)?.text, id).toMatch(/^(at\s+once|0 ms)$/);
      expect(heads.at(-1)?.text, id).toMatch(/^(nobody|it\s+never|never)/);
    }
  });
}

test('the selected end of the axis is named in full, however narrow its head', async ({ page, host }) => {
  await page.setViewportSize({ width: 360, height: 900 });
  await host.open({ body: '<drop-point scenario="receive"></drop-point>' });
  const slider = page.getByRole('slider');
  await expect(slider).toHaveAttribute('aria-valuetext', /^nobody gives up\./);
  await slider.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /^at once\./);
});
