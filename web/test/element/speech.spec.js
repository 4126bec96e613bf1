// What a screen reader says on its own.

import { embed, expect, test } from './host.js';

/** Notes every change of a region that is read aloud. */
function listen() {
  const heard = /** @type {string[]} */ ([]);
  Object.assign(window, { heard });
  const root = /** @type {ShadowRoot} */ (document.querySelector('drop-point')?.shadowRoot);
  new MutationObserver((changes) => {
    const regions = new Set(changes.map(({ target }) =>
      /** @type {Element} */ (target instanceof Element ? target : target.parentElement).closest('[aria-live], [role=status]')));
    for (const region of regions) {
      if (region && region.getAttribute('aria-live') !== 'off') heard.push(region.textContent ?? '');
    }
  }).observe(root, { subtree: true, childList: true, characterData: true });
}

/** @param {import('@playwright/test').Page} page */
const heard = (page) => page.evaluate(() => /** @type {string[]} */ (/** @type {any} */ (window).heard).splice(0));

test('one key on the handle speaks the verdict once, and why', async ({ page, host }) => {
  await host.open();
  const slider = page.getByRole('slider');
  await slider.focus();
  await page.evaluate(listen);
  await slider.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /Rust naive: broken/);
  await expect(page.locator('.says')).toContainText('File a is on the disk');
  const spoken = await heard(page);
  // The handle has said it.
  expect(spoken.filter((text) => /Rust naive: broken/.test(text))).toEqual([]);
  expect(spoken.filter((text) => /File a is on the disk/.test(text))).toHaveLength(1);
});

test('the result of choosing a remedy is spoken', async ({ page, host }) => {
  await host.open({ body: embed('cancel-at="510ms"') });
  await expect(page.getByRole('slider')).toBeVisible();
  await page.evaluate(listen);
  await page.getByRole('button', { name: 'token-guard' }).press('Enter');
  await expect(page.locator('.says')).toContainText('Rust token-guard: clean.');
  expect((await heard(page)).filter((text) => /Rust token-guard: clean\./.test(text))).toHaveLength(1);
});
