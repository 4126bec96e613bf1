// For everybody who reads: names and roles, contrast, widths, forced colours.

import AxeBuilder from '@axe-core/playwright';
import { PHONE, WIDE, embed, expect, test } from './host.js';

const LOOKS = /** @type {const} */ ([
  ['light', { colorScheme: 'light', forcedColors: 'none' }],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['forced colours', { colorScheme: 'light', forcedColors: 'active' }],
]);

for (const viewport of [WIDE, PHONE]) {
  for (const [name, media] of LOOKS) {
    test(`axe finds nothing at ${viewport.width} px, ${name}`, async ({ page, host }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia(media);
      await host.open();
      await page.getByRole('slider').press('ArrowLeft');
      await expect(page.getByRole('table').first()).toBeVisible();
      const before = await new AxeBuilder({ page }).include('drop-point').analyze();
      expect(before.violations).toEqual([]);
      await page.getByRole('button', { name: 'Code' }).click();
      await expect(page.getByRole('region', { name: 'Code of rust/naive' })).toContainText('fs::write');
      const code = await new AxeBuilder({ page }).include('drop-point').analyze();
      expect(code.violations).toEqual([]);
    });
  }

  test(`what a screen reader finds at ${viewport.width} px`, async ({ page, host }) => {
    await page.setViewportSize(viewport);
    await host.open({ body: embed('cancel-at="505ms" playground="https://play.example/"') });
    await expect(page.locator('drop-point')).toMatchAriaSnapshot({ name: `map-${viewport.width}.aria.yml` });
  });

  test(`nothing is wider than ${viewport.width} px, nor than 320`, async ({ page, host }) => {
    for (const width of [viewport.width, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await host.open({ body: embed('view="run" cancel-at="505ms"') });
      await expect(page.locator('.lanes')).toBeVisible();
      for (const view of ['run', 'code', 'map']) {
        await page.evaluate((view) => document.querySelector('drop-point')?.setAttribute('view', view), view);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        const spilt = await page.locator('drop-point').evaluate((element) => {
          const { right } = element.getBoundingClientRect();
          const inside = [...(element.shadowRoot?.querySelectorAll('button, select, .verdict, .word, .well, .says, .n') ?? [])];
          return inside.filter((one) => one.getBoundingClientRect().right > right + 0.5 && !one.closest('pre')).map((one) => one.className);
        });
        expect(spilt).toEqual([]);
      }
    }
  });
}

/** Of readers whose letters are larger, or further apart (WCAG 1.4.4 and 1.4.12). */
const LETTERS = {
  'twice as large': 'html { font-size: 200% }',
  apart: 'drop-point { line-height: 1.5; letter-spacing: 0.12em; word-spacing: 0.16em }',
};
for (const [how, style] of Object.entries(LETTERS)) {
  test(`with letters ${how} no words overlap`, async ({ page, host }) => {
    await page.setViewportSize({ width: 640, height: 900 });
    await host.open({
      body: embed('cancel-at="505ms" view="run"'),
      head: `<style>body { font-size: 1rem !important } ${style}</style>`,
    });
    await expect(page.locator('.lanes')).toBeVisible();
    expect(await page.locator('drop-point').evaluate(covered)).toEqual([]);
    // Where there is no room beside the lanes, the world has a button.
    const world = page.getByRole('button', { name: 'World', exact: true });
    if (await world.isVisible()) await world.click();
    await expect(page.locator('.places')).toBeVisible();
    expect(await page.locator('drop-point').evaluate(covered)).toEqual([]);
  });
}

test('with text spacing no word of the map is cut on a phone', async ({ page, host }) => {
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await host.open({ body: embed('cancel-at="505ms"'), head: `<style>${LETTERS.apart}</style>` });
    await expect(page.locator('.word').nth(1)).toHaveText('finished anyway');
    const cut = await page.locator('.word').evaluateAll((words) => words
      .filter((word) => {
        const { overflow } = getComputedStyle(word);
        const range = document.createRange();
        range.selectNodeContents(word);
        const [text, box] = [range.getBoundingClientRect(), word.getBoundingClientRect()];
        const point = /** @type {ShadowRoot} */ (word.getRootNode()).host.getBoundingClientRect();
        const clipped = text.bottom > box.bottom + 1 || text.right > box.right + 1;
        return text.right > point.right + 1 || (overflow !== 'visible' && clipped);
      }).map((word) => word.textContent));
    expect(cut, `at ${width} px`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

/**
 * Words that stand on other words.
 * @param {Element} element
 */
function covered(element) {
  const shadow = /** @type {ShadowRoot} */ (element.shadowRoot);
  const words = [...shadow.querySelectorAll('.lanes text, .lanes span, .lanes small, .places th, .places td, .places caption')]
    .filter((one) => one.textContent?.trim() && one.checkVisibility() && !one.querySelector('.hidden'))
    .map((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return { text: one.textContent, box: range.getBoundingClientRect() };
    });
  return words.flatMap((one, nth) => words.slice(nth + 1)
    .filter(({ box }) => box.left < one.box.right - 1 && one.box.left < box.right - 1
      && box.top < one.box.bottom - 4 && one.box.top < box.bottom - 4)
    .map((other) => `${one.text} | ${other.text}`));
}

test('controls have the colour of the text on a page of any colour', async ({ page, host }) => {
  const ink = 'rgb(224, 255, 224)';
  await host.open({ head: `<style>:root { color-scheme: light !important } body { background: #1b2b1b; color: ${ink} }</style>` });
  await page.getByRole('slider').press('ArrowLeft');
  const colours = await page.locator('drop-point').evaluate((element) =>
    [...(element.shadowRoot?.querySelectorAll('input, select, button') ?? [])].map((one) => getComputedStyle(one).color));
  expect(colours.length).toBeGreaterThan(8);
  // A tab that is closed is softer.
  expect(colours.filter((colour) => colour !== ink && !/^color\(srgb 0\.878\d* 1 0\.878/.test(colour))).toEqual([]);
});

test('poll, Pending and Waker are not mentioned in the element', async ({ page, host }) => {
  await host.open({ body: embed('view="run" cancel-at="505ms"') });
  await expect(page.getByRole('table').first()).toBeVisible();
  const text = await page.locator('drop-point').evaluate((element) => element.shadowRoot?.textContent ?? '');
  expect(text).not.toMatch(/\bpoll|Pending|Waker/i);
});

test('with reduced motion nothing moves', async ({ page, host }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await host.open();
  const moving = await page.locator('drop-point').evaluate((element) =>
    [...(element.shadowRoot?.querySelectorAll('*') ?? [])].filter((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return animationName !== 'none' || transitionDuration !== '0s';
    }).length);
  expect(moving).toBe(0);
});

test('in print the chosen state is shown, and no button', async ({ page, host }) => {
  await host.open({ body: embed('cancel-at="505ms" view="run"') });
  await expect(page.getByRole('table').first()).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(/File a is on the disk/)).toBeVisible();
  await expect(page.getByRole('table').first()).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
});
