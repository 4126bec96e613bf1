// How it looks, against pictures made by `npm run test:element -- -u`.

import { embed, expect, test } from './host.js';

/** @type {[string, number, 'light' | 'dark', string][]} */
const PICTURES = [
  ['nobody-leaves-700', 732, 'light', ''],
  ['broken-700', 732, 'light', 'cancel-at="505ms" view="run"'],
  ['broken-700-dark', 732, 'dark', 'cancel-at="505ms" view="run"'],
  ['code-700-dark', 732, 'dark', 'cancel-at="5ms" view="code"'],
  ['nobody-leaves-360', 360, 'light', ''],
  ['broken-360-dark', 360, 'dark', 'cancel-at="505ms"'],
];

for (const [name, width, colorScheme, attributes] of PICTURES) {
  test(name, async ({ page, host }) => {
    await page.setViewportSize({ width, height: 1000 });
    await page.emulateMedia({ colorScheme });
    await host.open({ body: embed(attributes) });
    await expect(page.getByRole('slider')).toBeVisible();
    if (/view="run"/.test(attributes)) await expect(page.getByRole('table').first()).toBeVisible();
    if (/view="code"/.test(attributes)) await expect(page.locator('[aria-current]')).toBeVisible();
    await expect(page.locator('drop-point')).toHaveScreenshot(`${name}.png`);
  });
}
