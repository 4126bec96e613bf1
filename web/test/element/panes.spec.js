// The buttons below the map, and what they open.

import { PHONE, expect, test } from './host.js';

const VIEW = '<drop-point scenario="save-file" view="run"></drop-point>';

test('after a phone is turned, the button of the open pane is expanded', async ({ page, host }) => {
  await page.setViewportSize(PHONE);
  await host.open({ body: VIEW });
  const button = (/** @type {string} */ name) => page.getByRole('button', { name, exact: true });
  const stands = (/** @type {string} */ name, /** @type {string} */ is) =>
    expect(button(name)).toHaveAttribute('aria-expanded', is);
  await button('World').click();
  await stands('World', 'true');
  await stands('Run', 'false');

  await page.setViewportSize({ width: 800, height: 360 });
  await expect(page.locator('.lanes')).toBeVisible();
  await expect(page.locator('.places')).toBeVisible();
  await expect(button('World')).toBeHidden();
  await stands('Run', 'true');

  await button('Run').click();
  await expect(page.locator('.places')).toBeHidden();
  await stands('Run', 'false');
});

test('code that cannot be loaded is requested again after a while, not at each move', async ({ page, host }) => {
  await page.clock.install();
  let asked = 0;
  await page.route('**/save-file.code.json', (route) => {
    asked += 1;
    return asked === 1 ? route.abort() : route.fallback();
  });
  await host.open({ body: '<drop-point scenario="save-file" view="code"></drop-point>' });
  const file = page.locator('.code .file');
  await expect(file).toContainText('could not be loaded');
  const handle = page.getByRole('slider');
  await handle.press('ArrowLeft');
  await handle.press('ArrowLeft');
  await expect(file).toContainText('could not be loaded');
  await expect(page.locator('.code pre')).toBeHidden();
  expect(asked).toBe(1);

  await page.clock.runFor(6000);
  await handle.press('ArrowRight');
  await expect(file).toContainText('rust/naive in ');
  await expect(page.locator('.code pre')).toBeVisible();
  expect(asked).toBe(2);
});

for (const [id, cut, happened] of [
  ['save-file', '510ms', 'the client left'], ['receive', '15ms', 'the caller gave up'], ['try-join', '10ms', 'the deposit is refused'],
]) {
  test(`${id}: lanes and world say that ${happened}`, async ({ page, host }) => {
    await host.open({ body: `<drop-point scenario="${id}" view="run" cancel-at="${cut}"></drop-point>` });
    await expect(page.locator('.axis .cut')).toHaveText(happened.replace('the ', ''));
    await expect(page.locator('.places caption').first()).toHaveText(`when ${happened}`);
  });
}

test('the description of a program changes with its name', async ({ page, host }) => {
  await host.open({ body: '<drop-point scenario="save-file" view="run" cancel-at="510ms"></drop-point>' });
  await expect(page.locator('.key')).toHaveText('a: of the client that leaves · b, c: of the next clients');
  await host.open({ body: '<drop-point scenario="detach" view="run" cancel-at="15ms"></drop-point>' });
  await expect(page.locator('.says')).toContainText('Task a.1 still runs');
  await expect(page.locator('.lane', { hasText: '↳ a.1' }).first()).toBeVisible();
  await expect(page.locator('.places table').first()).toBeVisible();
  await expect(page.locator('.key')).toHaveCount(0);
});

test('a long caption does not spread the columns of the world', async ({ page, host }) => {
  await host.open({ body: '<drop-point scenario="shutdown" view="run" cancel-at="12ms"></drop-point>' });
  const places = page.locator('.places');
  await expect(places.locator('caption').first()).toHaveText('when the program is told to end');
  const tables = await places.locator('table').evaluateAll((all) => all.map((one) =>
    [...one.querySelectorAll('tr:first-child td')].map((cell) => Math.round(cell.getBoundingClientRect().left))));
  expect(tables[0]).toHaveLength(2);
  expect(tables[0]).toEqual(tables[1]);
  const right = await places.evaluate((one) => one.getBoundingClientRect().right);
  for (const caption of await places.locator('caption').all()) {
    const words = await caption.evaluate((one) => { const range = document.createRange(); range.selectNodeContents(one); return range.getBoundingClientRect().right; });
    expect(words).toBeLessThanOrEqual(right + 1);
  }
});

test('a move patches the run pane, and does not ask what is visible', async ({ page, host }) => {
  await host.open({ body: VIEW });
  const lane = page.locator('.lanes .lane svg[role=img]');
  await expect(page.locator('.lanes .bar').first()).toBeVisible();
  await page.evaluate(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector('drop-point')?.shadowRoot);
    const parts = [...root.querySelectorAll('.lanes *, .places *')];
    const { checkVisibility } = Element.prototype;
    Object.assign(window, { parts, asked: 0 });
    Element.prototype.checkVisibility = function (/** @type {CheckVisibilityOptions | undefined} */ options) {
      /** @type {any} */ (window).asked += 1;
      return checkVisibility.call(this, options);
    };
  });
  await page.getByRole('slider').press('ArrowLeft');
  await expect(lane.nth(1)).toHaveAccessibleName(/The client leaves/);
  const { stayed, of, asked } = await page.evaluate(() => {
    const { parts, asked } = /** @type {any} */ (window);
    return { stayed: parts.filter((/** @type {Element} */ { isConnected }) => isConnected).length, of: parts.length, asked };
  });
  // Some lanes have fewer bars than before.
  expect(stayed).toBeGreaterThan(of / 2);
  expect(asked).toBe(0);
});
