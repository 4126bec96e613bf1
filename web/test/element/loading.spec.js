// Data that is slow, missing or asked for by a wrong name, and where there is a
// playground to link to.

import { serve } from '../static.js';
import { PHONE, embed, expect, test } from './host.js';

/** As `droppoint embed` prints it: a row of a table is wider than a phone. */
const WIDE_TABLE = `<drop-point scenario="save-file"><table><tr>${
  ['Rust naive', ...Array(8).fill('finished&nbsp;anyway')].map((text) => `<td>${text}</td>`).join('')}</tr></table></drop-point>`;

test('where no playground is known there is no link', async ({ page, host }) => {
  await host.open();
  await expect(page.getByRole('slider')).toBeVisible();
  await expect(page.locator('.footer a')).toHaveCount(0);
});

test('a page says once where its playground is', async ({ page, host }) => {
  await host.open({
    head: '<meta name="droppoint-playground" content="/play/">',
    body: embed() + embed('playground="https://play.example/"') + embed('playground=""'),
  });
  await expect(page.getByRole('slider')).toHaveCount(3);
  const links = page.getByRole('link', { name: 'Open in playground' });
  await expect(links).toHaveCount(2);
  await expect(links.first()).toHaveAttribute('href', /^http:\/\/127\.0\.0\.1:\d+\/play\/s\/save-file\/#/);
  await expect(links.last()).toHaveAttribute('href', /^https:\/\/play\.example\/s\/save-file\/#/);
});

test('slow data says that it is loading, and moves nothing', async ({ page, host }) => {
  let release = () => {};
  const held = new Promise((/** @type {(_: void) => void} */ resolve) => { release = resolve; });
  await page.route('**/data/save-file.json', async (route) => {
    await held;
    await route.continue();
  });
  await host.open({ body: `${embed()}<p id="after">What comes after.</p>` });
  const top = () => page.locator('#after').evaluate((node) => node.getBoundingClientRect().top);
  const before = await top();
  await expect(page.getByText('Loading the comparison.')).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Rust naive' })).toBeVisible();
  expect(await top()).toBe(before);
  release();
  await expect(page.getByRole('slider')).toBeVisible();
  await expect(page.getByText('Loading the comparison.')).toHaveCount(0);
});

test('data that is not there leaves no gap', async ({ page, host }) => {
  await page.route('**/data/save-file.json', (route) => route.fulfill({ status: 404 }));
  await host.open();
  await expect(page.getByRole('note')).toBeVisible();
  const [element, table] = await page.locator('drop-point').evaluate((point) =>
    [point, point.querySelector('table')].map((one) => one?.getBoundingClientRect().bottom ?? 0));
  expect(element - table).toBeLessThan(10);
});

for (const failing of ['drop-point.js', 'data/save-file.json']) {
  test(`without ${failing}, a wide fallback scrolls by itself and not the page`, async ({ page, host }) => {
    await page.setViewportSize(PHONE);
    await page.route(`**/${failing}`, (route) => route.fulfill({ status: 404 }));
    await host.open({ body: WIDE_TABLE });
    await expect(page.getByRole('cell').first()).toBeVisible();
    if (failing !== 'drop-point.js') await expect(page.getByRole('note')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    // All of it can be reached.
    await page.getByRole('cell').last().scrollIntoViewIfNeeded();
    await expect(page.getByRole('cell').last()).toBeInViewport({ ratio: 0.9 });
  });
}

for (const [body, says] of /** @type {[string, string][]} */ ([
  ['<drop-point></drop-point>', 'This element names no scenario. It needs the attribute scenario, such as scenario="save-file".'],
  ['<drop-point scenario="SAVE-FILE"></drop-point>', 'There is no scenario “SAVE-FILE”. Did you mean save-file?'],
  ['<drop-point scenario="Save_File"></drop-point>', 'There is no scenario “Save_File”. Did you mean save-file?'],
])) {
  test(`${body} is answered in a short sentence`, async ({ page, host }) => {
    await host.open({ body });
    await expect(page.getByRole('note')).toHaveText(says);
  });
}

test('of many names a message lists a few, of the same language', async ({ page, host }) => {
  await host.open({ body: '<drop-point scenario="save-file" programs="rust/something-else"></drop-point>' });
  await expect(page.getByRole('note')).toHaveText(/^There is no program “rust\/something-else” in save-file\. There are (rust\/[\w-]+(, )?){1,6}( and \d+ more)?\.$/);
});

test('from another origin that allows it, the element runs under the policy that the documentation gives', async ({ page, host }) => {
  const files = await serve(undefined, { 'access-control-allow-origin': '*' });
  const from = files.origin;
  await host.open({
    csp: `default-src 'none'; script-src ${from} 'wasm-unsafe-eval'; style-src ${from}; connect-src ${from}`,
    alone: true,
    body: `${embed()}<link rel="stylesheet" href="${from}/drop-point.css"><script type="module" src="${from}/drop-point.js"></script>`,
  });
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByText('ran in this page: same as recorded')).toBeVisible();
  files.close();
});
