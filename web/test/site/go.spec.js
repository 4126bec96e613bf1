// Go in the page: loaded on demand, given up on demand, and equal to what was
// recorded.

import { bundle, expect, test } from './site.js';

const run = /Run Go here \(\d\.\d MB\)/;

test('Go runs here and every cell equals the recording', async ({ page, site }) => {
  await site.open('s/save-file/');
  await page.getByRole('button', { name: run }).press('Enter');
  await expect(page.getByText('Go now runs in this page.')).toBeFocused();
  await expect(page.getByText('ran in this page: same as recorded')).toBeVisible();
  await expect(page.getByText('(recorded)')).toHaveCount(0);
  const { cells, programs } = await bundle();
  const wanted = programs.filter(({ language }) => language === 'go')
    .flatMap(({ name, runs }) => runs.map(({ digest }, at) => [name, cells[at].cut, digest]));
  const found = await page.evaluate(async (asked) => {
    const live = await import(new URL('../../live.js', location.href).href);
    const answers = [];
    for (const [name, cut] of asked) {
      answers.push([name, cut, (await live.runHere('save-file', 'go', name, cut)).run.digest]);
    }
    return answers;
  }, wanted);
  expect(found).toEqual(wanted);
});

test('loading Go can be cancelled and started again', async ({ page, site }) => {
  let hold = true;
  /** @type {(() => void)[]} */
  const held = [];
  await page.route('**/go/droppoint.wasm', async (route) => {
    if (hold) await new Promise((resolve) => { held.push(() => resolve(undefined)); });
    await route.continue().catch(() => {});
  });
  await site.open();
  await page.getByRole('button', { name: run }).click();
  await expect(page.getByRole('progressbar', { name: 'Loading the Go programs' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(page.getByText('Cancelled.', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: run })).toBeFocused();
  hold = false;
  for (const release of held) release();
  await page.getByRole('button', { name: run }).press('Enter');
  await expect(page.getByText('Go now runs in this page.')).toBeVisible();
});

test('where no worker may start, a sentence says so, and the others run', async ({ page, site }) => {
  await page.route('**/go-worker*', (route) => route.abort());
  await site.open();
  await page.getByRole('slider').press('ArrowLeft');
  await page.getByRole('button', { name: run }).click();
  await expect(page.getByText('The worker for the Go programs could not start.')).toBeVisible();
  await expect(page.getByRole('button', { name: run })).toBeVisible();
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByText('ran in this page: same as recorded')).toBeVisible();
  site.complaints.splice(0);
});

test('when it cannot be loaded, a sentence says so', async ({ page, site }) => {
  await page.route('**/go/droppoint.wasm', (route) => route.abort());
  await site.open();
  await page.getByRole('button', { name: run }).click();
  await expect(page.getByText(/The Go programs could not be loaded: /)).toBeVisible();
  await expect(page.getByRole('button', { name: run })).toBeVisible();
  // The browser itself speaks of the failed request.
  expect(site.complaints.splice(0).every((text) => text.includes('ERR_FAILED'))).toBe(true);
});
