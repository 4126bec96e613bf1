// The first minute, by keys alone.

import { expect, test, verdict } from './site.js';

test('one key from nobody leaves to a file in no index, and how to fix it', async ({ page, site }) => {
  await site.open();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What happens when a future is dropped?');
  for (const language of ['Rust', 'Go', 'JavaScript']) await expect(verdict(page, language)).toHaveText('saved');
  await expect(page.getByText('drag, or press ←: the client leaves here')).toBeVisible();

  const slider = page.getByRole('slider');
  for (let presses = 0; presses < 20; presses++) {
    if (await slider.evaluate((it) => /** @type {ShadowRoot} */ (it.getRootNode()).activeElement === it)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('ArrowLeft');
  await expect(verdict(page, 'Rust')).toContainText('broken');
  await expect(verdict(page, 'Go')).toContainText('finished anyway');
  await expect(verdict(page, 'JavaScript')).toContainText('finished anyway');
  await expect(page.getByText('File a is on the disk and in no index.')).toBeVisible();
  await expect(page.getByText('ran in this page: same as recorded')).toBeVisible();

  await page.getByRole('button', { name: 'spawn', exact: true }).press('Enter');
  await expect(verdict(page, 'Rust')).toContainText('finished anyway');
  await expect(page.getByText(/\b(Pending|Waker|polled)\b/)).toHaveCount(0);
});

test('the skip link leads to the comparison', async ({ page, site }) => {
  await site.open();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the comparison' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('the introduction is before the map, and its signs are below', async ({ page, site }) => {
  await site.open();
  await expect(page.getByRole('slider')).toBeVisible();
  const map = await page.locator('.map').boundingBox();
  for (const text of [/A Rust future that is dropped/, /^A store keeps .* holds two files at most\.$/]) {
    const { y } = await page.getByText(text).boundingBox() ?? { y: Infinity };
    expect(y).toBeLessThan(Number(map?.y));
  }
  const key = page.locator('.key');
  await expect(key.locator('span')).toHaveText(['broken', 'finished anyway', 'clean']);
  await key.getByRole('link', { name: 'How to read it' }).click();
  await expect(page.getByRole('heading', { name: 'How to read it' })).toBeInViewport();
});

for (const path of ['', 's/save-file/']) {
  test(`the headings of /${path} are in order, and the comparison has one`, async ({ page, site }) => {
    await site.open(path);
    await expect(page.getByRole('slider')).toBeVisible();
    const levels = await page.locator('h1, h2, h3, h4').evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    expect(levels[0]).toBe(1);
    levels.forEach((level, nth) => expect(level - (levels[nth - 1] ?? 0)).toBeLessThanOrEqual(1));
    const [first] = await page.locator('h2').evaluateAll((all) => all.filter((one) =>
      one.compareDocumentPosition(/** @type {Node} */ (document.querySelector('drop-point'))) & Node.DOCUMENT_POSITION_FOLLOWING).map((one) => one.textContent));
    expect(first).toBe(path ? 'The comparison' : 'Try it');
  });
}

test('on a phone the handle and its hint are on the first screen', async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await site.open();
  await expect(page.getByRole('slider')).toBeInViewport({ ratio: 1 });
  await expect(page.getByText(/^drag, or press ←/)).toBeInViewport({ ratio: 1 });
});

test('what is below the window is not painted while the handle moves', async ({ page, site }) => {
  await site.open();
  const sections = await page.locator('main section').evaluateAll((all) => all.map((one) => getComputedStyle(one).contentVisibility));
  expect(sections.length).toBeGreaterThan(4);
  expect(new Set(sections)).toEqual(new Set(['auto']));
});
