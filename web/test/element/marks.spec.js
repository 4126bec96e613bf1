// What is chosen is seen to be chosen, in forced colours too.

import { embed, expect, test } from './host.js';

test('the radio buttons are a labelled group, and the selected row is marked', async ({ page, host }) => {
  await host.open();
  const group = page.getByRole('radiogroup', { name: 'Row that is explained below' });
  await expect(group.getByRole('radio')).toHaveCount(3);
  await expect(group.getByRole('slider')).toHaveCount(0);
  for (const forcedColors of /** @type {const} */ (['none', 'active'])) {
    await page.emulateMedia({ forcedColors });
    for (const at of [2, 0]) {
      await group.getByRole('radio').nth(at).check();
      const marks = await page.locator('.row').evaluateAll((rows) => rows.map((row) => {
        const { backgroundColor, outlineStyle } = getComputedStyle(row);
        return `${backgroundColor} ${outlineStyle}`;
      }));
      expect(marks.map((mark) => mark !== marks[1]), forcedColors).toEqual([at === 0, false, at === 2]);
    }
  }
});

test('in forced colours the open tab differs, and the thumb covers its track', async ({ page, host }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await host.open({ body: embed('view="run"') });
  await expect(page.getByRole('table').first()).toBeVisible();
  const line = (/** @type {string} */ name) => page.getByRole('button', { name }).evaluate((tab) => {
    const { borderBottomColor, borderBottomWidth } = getComputedStyle(tab);
    return { borderBottomColor, borderBottomWidth };
  });
  expect((await line('Code')).borderBottomColor, 'the line below the tabs is seen').toBe('rgba(0, 0, 0, 0)');
  expect((await line('Run')).borderBottomWidth).toBe('4px');
  expect(await page.getByRole('slider').evaluate((thumb) => getComputedStyle(thumb).color)).toMatch(/^rgb\(/);
});
