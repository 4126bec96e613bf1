// The one handle: by mouse, by finger, by keys.

import { PHONE, embed, expect, test } from './host.js';

/** @import { Page } from '@playwright/test' */

/** @param {Page} page */
const slider = (page) => page.getByRole('slider');

/**
 * @param {Page} page
 * @param {number} column of four
 */
async function middleOf(page, column) {
  const box = await page.getByRole('img', { name: /^Go naive\. at once/ }).boundingBox();
  if (!box) throw new Error('the row of Go has no place');
  return { x: box.x + (box.width * (column + 0.5)) / 4, y: box.y + box.height / 2, box };
}

test('one step to the left breaks Rust only', async ({ page, host }) => {
  await host.open();
  await expect(slider(page)).toHaveAttribute('aria-valuetext',
    'nobody leaves. Rust naive: saved. Go naive: saved. JavaScript naive: saved');
  await slider(page).press('ArrowLeft');
  await expect(slider(page)).toHaveAttribute('aria-valuetext',
    '(3) waiting, 10–1010 ms. Rust naive: broken. Go naive: finished anyway. JavaScript naive: finished anyway');
  await expect(page.getByText(/File a is on the disk and in no index/)).toBeVisible();
  await expect(page.getByText('no a', { exact: true })).toHaveCount(2);
});

test('keys go to the ends and to the next change of verdict', async ({ page, host }) => {
  await host.open();
  const at = () => slider(page).inputValue();
  await slider(page).focus();
  const seen = [];
  for (const key of ['Home', 'ArrowRight', 'End', 'PageDown', 'PageDown', 'PageDown', 'PageUp', 'PageUp']) {
    await page.keyboard.press(key);
    seen.push(await at());
  }
  expect(seen).toEqual(['0', '1', '3', '2', '0', '0', '1', '3']);
});

test('the buttons move one cell, keep the focus and stop at the ends', async ({ page, host }) => {
  await host.open();
  const earlier = page.getByRole('button', { name: 'Earlier' });
  for (const at of ['2', '1', '0', '0']) {
    // The last one does nothing: Playwright would wait for it to do something.
    await earlier.click({ force: true });
    await expect(slider(page)).toHaveValue(at);
    await expect(earlier).toBeFocused();
  }
  await expect(earlier).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(slider(page)).toHaveValue('1');
});

test('buttons and handle are 44 pixels high', async ({ page, host }) => {
  await page.setViewportSize(PHONE);
  await host.open();
  for (const name of ['Earlier', 'Later']) {
    const box = await page.getByRole('button', { name }).boundingBox();
    expect([box?.width, box?.height]).toEqual([44, 44]);
  }
  expect((await slider(page).boundingBox())?.height).toBe(44);
});

test('a mouse drags the thumb, and the map', async ({ page, host }) => {
  await host.open();
  const track = await slider(page).boundingBox();
  const end = await middleOf(page, 3);
  const y = (track?.y ?? 0) + 22;
  await page.mouse.move(end.x, y);
  await page.mouse.down();
  for (const column of [2, 1]) await page.mouse.move((await middleOf(page, column)).x, y, { steps: 4 });
  await page.mouse.up();
  await expect(slider(page)).toHaveValue('1');

  const first = await middleOf(page, 0);
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  await expect(slider(page)).toHaveValue('0');
  await page.mouse.move((await middleOf(page, 2)).x, first.y + 300, { steps: 4 });
  await page.mouse.up();
  await expect(slider(page)).toHaveValue('2');
  // The row that was touched is the one that the panes show.
  await expect(page.getByRole('radio', { name: 'Go' })).toBeChecked();
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: PHONE });

  test('a tap on a cell chooses it, a swipe along the page scrolls', async ({ page, host }) => {
    await host.open({ body: `${embed()}<p>${'<br>'.repeat(80)}</p>` });
    const cell = await middleOf(page, 1);
    await page.touchscreen.tap(cell.x, cell.y);
    await expect(slider(page)).toHaveValue('1');

    const client = await page.context().newCDPSession(page);
    /** @param {number} dy */
    const touch = (dy) => [{ x: cell.x + 40, y: cell.y + dy }];
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: touch(0) });
    for (const dy of [-20, -60, -120, -180]) {
      await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: touch(dy) });
    }
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
    await expect(slider(page)).toHaveValue('1');
  });

  test('a tap on the track moves the thumb there', async ({ page, host }) => {
    await host.open();
    const box = await slider(page).boundingBox();
    await page.touchscreen.tap((box?.x ?? 0) + 20, (box?.y ?? 0) + 22);
    await expect(slider(page)).toHaveValue('0');
  });
});

test('attributes and properties follow the handle, and an event is dispatched', async ({ page, host }) => {
  await host.open();
  await page.evaluate(() => {
    const heard = /** @type {any[]} */ ([]);
    Object.assign(window, { heard });
    document.querySelector('drop-point')?.addEventListener('change', (event) =>
      heard.push(/** @type {CustomEvent} */ (event).detail));
  });
  await slider(page).press('ArrowLeft');
  await page.getByRole('button', { name: 'token-guard' }).click();
  expect(await page.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('drop-point'));
    return {
      heard: /** @type {any} */ (window).heard,
      attributes: ['cancel-at', 'programs', 'row', 'view'].map((name) => element.getAttribute(name)),
      properties: [element.cancelAt, element.programs, element.row, element.view, element.saw],
    };
  })).toEqual({
    heard: [
      { cut: '510ms', programs: ['rust/naive', 'go/naive', 'js/naive'], row: 1 },
      { cut: '510ms', programs: ['rust/token-guard', 'go/naive', 'js/naive'], row: 1 },
    ],
    attributes: ['510ms', 'rust/token-guard go/naive js/naive', '1', 'run'],
    properties: ['510ms', 'rust/token-guard go/naive js/naive', '1', 'run', '.>>'],
  });
  await expect(page.getByLabel('Program in Rust')).toHaveValue('token-guard');
  // The chip is gone; the focus is on what came instead.
  await expect(page.getByRole('button', { name: 'naive' })).toBeFocused();
  await page.getByRole('button', { name: 'naive' }).click();
  await expect(page.getByLabel('Program in Rust')).toHaveValue('naive');
});

test('a cut inside a cell chooses that cell', async ({ page, host }) => {
  for (const [cut, column] of [['505ms', '2'], ['at-once', '0'], ['10ms', '2'], ['9ms', '1'], ['1011ms', '3']]) {
    await host.open({ body: embed(`cancel-at="${cut}"`) });
    await expect(slider(page), cut).toHaveValue(column);
  }
});

test('when the last chip is removed the sentence gets the focus', async ({ page, host }) => {
  await host.open({ body: embed().replace('rust/naive', 'rust/spawn') });
  await page.getByLabel('Program in Rust').selectOption('naive');
  await page.getByRole('button', { name: 'spawn', exact: true }).press('Enter');
  await expect(page.locator('.chip')).toHaveCount(0);
  await expect(page.locator('.says')).toBeFocused();
});

test('the attribute row selects the row that is explained', async ({ page, host }) => {
  await host.open({ body: embed('cancel-at="510ms" row="2"') });
  const says = page.locator('.says');
  await expect(says).toContainText('Go naive: finished anyway.');
  await page.getByRole('radio', { name: 'JavaScript naive' }).check();
  const element = page.locator('drop-point');
  await expect(element).toHaveAttribute('row', '3');
  // Fewer rows than it was: the last one.
  await element.evaluate((it) => it.setAttribute('programs', 'rust/naive rust/spawn'));
  await expect(says).toContainText('Rust spawn: finished anyway.');
});

test('the description of the program is below the verdict, and its height does not change with the handle', async ({ page, host }) => {
  await host.open();
  const about = page.locator('.about').first();
  await expect(about).toHaveText('naive: One async fn, as one would write it. Dropped at an await, the rest never runs.');
  await slider(page).press('ArrowLeft');
  const tabs = () => page.locator('.tabs').boundingBox();
  const before = await tabs();
  await slider(page).press('Home');
  expect(await tabs()).toEqual(before);
  await slider(page).press('ArrowRight');
  await page.getByRole('button', { name: 'token-guard' }).click();
  await expect(about).toHaveText(/^token-guard: A spawned task and a CancellationToken/);
});
