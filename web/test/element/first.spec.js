// The first touch: what it opens, which row it explains, where it leads.

import { PHONE, embed, expect, test } from './host.js';

/** @param {import('@playwright/test').Page} page */
const parts = (page) => ({
  slider: page.getByRole('slider'),
  says: page.locator('.says'),
  hint: page.getByText('drag, or press ←: the client leaves here'),
  there: page.getByRole('button', { name: 'Go to where it breaks' }),
});

/** @param {string} id */
const scenario = (id) => ({ body: `<drop-point scenario="${id}"></drop-point>` });

test('a disabled button and a key without effect do nothing', async ({ page, host }) => {
  await host.open();
  const { slider, hint } = parts(page);
  const later = page.getByRole('button', { name: 'Later' });
  await expect(later).toHaveAttribute('aria-disabled', 'true');
  // Playwright would wait for it to be on.
  await later.click({ force: true });
  await slider.press('PageUp');
  await expect(hint).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run' })).toHaveAttribute('aria-expanded', 'false');
  await page.getByRole('button', { name: 'Earlier' }).click();
  await expect(hint).toBeHidden();
  await expect(page.getByRole('button', { name: 'Run' })).toHaveAttribute('aria-expanded', 'true');
});

test('the first touch selects the row where something went wrong', async ({ page, host }) => {
  await host.open(scenario('receive'));
  const { slider, says } = parts(page);
  await expect(page.getByRole('radio', { name: 'Rust' })).toBeChecked();
  await slider.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: 'JavaScript' })).toBeChecked();
  await expect(says).toContainText('JavaScript raced-next: lost.');
  // Later ones leave the row alone.
  await slider.press('PageDown');
  await expect(slider).toHaveValue('7');
  await expect(page.getByRole('radio', { name: 'JavaScript' })).toBeChecked();
});

test('a row that the reader or the page has selected stays selected', async ({ page, host }) => {
  await host.open(scenario('receive'));
  await page.getByRole('radio', { name: 'Go' }).check();
  await parts(page).slider.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: 'Go' })).toBeChecked();

  await host.open(scenario('receive'));
  await page.getByRole('combobox', { name: 'Program in Go' }).selectOption('checked-first');
  await expect(page.getByRole('radio', { name: 'Go' })).toBeChecked();

  await host.open({ body: '<drop-point scenario="receive" row="2"></drop-point>' });
  await parts(page).slider.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: 'Go' })).toBeChecked();
});

test('one press leads to a column with a fault', async ({ page, host }) => {
  await host.open(scenario('graceful-stop'));
  const { slider, says, there } = parts(page);
  await expect(slider).toBeVisible();
  // Also before the first touch.
  await expect(there).toBeVisible();
  await slider.press('ArrowLeft');
  await expect(says).toContainText('clean');
  await there.press('Enter');
  await expect(page.locator('.row.selected .verdict')).toContainText('broken');
  await expect(says).toContainText('Rust plain: broken.');
  await expect(there).toHaveCount(0);
  // The chip is gone; the focus stays in the sentence.
  expect(await page.locator('.sentence').evaluate((node) => node.contains(
    /** @type {ShadowRoot} */ (node.getRootNode()).activeElement))).toBe(true);
  // A fault later than the handle is found as well, in whichever row it is.
  await page.getByRole('radio', { name: 'JavaScript' }).check();
  await slider.press('Home');
  await there.click();
  await expect(slider).toHaveValue('1');
  await expect(page.getByRole('radio', { name: 'Rust' })).toBeChecked();
});

test('without any fault there is no button that leads to one', async ({ page, host }) => {
  await host.open({ body: embed().replace('rust/naive', 'rust/token-guard') });
  const { slider, says, there } = parts(page);
  await slider.press('ArrowLeft');
  await expect(says).toContainText('Rust token-guard: clean.');
  await expect(there).toHaveCount(0);
});

test('the column that is not cut has a sign, and a note says what a column is', async ({ page, host }) => {
  await host.open();
  const uncut = page.getByRole('img', { name: /^Rust naive\. at once/ }).locator('use').last();
  await expect(uncut).toHaveAttribute('href', '#s-done');
  const note = page.getByText(/A number is a step of the program; .* Widths are not to scale\.$/);
  await expect(note).toBeVisible();
  await parts(page).slider.press('ArrowLeft');
  // The one moment of 10–1010 ms that was tried.
  await expect(note).toHaveText(/^The client left at 510 ms\. /);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: PHONE });
  test('the hint mentions taps, not keys', async ({ page, host }) => {
    await host.open();
    await expect(page.getByText('drag, or tap a column: the client leaves here')).toBeVisible();
    await expect(parts(page).hint).toBeHidden();
  });
});
