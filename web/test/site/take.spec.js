// What a reader takes along: embed code and traces.

import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { DROPPOINT, ROOT } from './binaries.js';
import { expect, test } from './site.js';

/** @param {string[]} args */
const embed = (...args) => execFileSync(DROPPOINT, ['embed', 'save-file', ...args], { cwd: ROOT, encoding: 'utf8' });

test('the embed code is what the command line prints', async ({ page, site }) => {
  await site.open();
  const copy = page.getByRole('button', { name: 'Copy embed code' });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const plain = ['--program', 'rust/naive', '--program', 'go/naive', '--program', 'js/naive'];
  await copy.click();
  await expect(page.getByText('The embed code is copied.')).toBeVisible();
  expect(await copied()).toBe(embed(...plain));
  await expect(page.getByLabel('The embed code')).toHaveValue(embed(...plain));

  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByLabel('The embed code')).toBeHidden();
  await page.getByRole('button', { name: 'token-guard' }).click();
  await copy.click();
  await expect(page.getByText('The embed code is copied.')).toBeVisible();
  expect(await copied()).toBe(
    embed('--program', 'rust/token-guard', ...plain.slice(2), '--cancel-at', '510ms'));
});

test('link and embed code are copied beside the element', async ({ page, site }) => {
  await site.open('s/save-file/');
  await page.getByRole('slider').press('ArrowLeft');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('The link is copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${site.url}s/save-file/#programs=rust.naive,go.naive,js.naive&at=510ms&saw=X%3E%3E&view=run`);
  const bottom = (/** @type {import('@playwright/test').Locator} */ one) => one.evaluate((node) => node.getBoundingClientRect().bottom);
  const away = await bottom(page.getByRole('button', { name: 'Copy embed code' })) - await bottom(page.locator('drop-point'));
  expect(away).toBeLessThan(200);
});

test('a trace is saved as the command line writes it', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms');
  await page.getByLabel('Trace of').selectOption('js/naive');
  await page.getByLabel('Trace of').selectOption('rust/naive');
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download trace (.json)' }).click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('save-file-rust-naive-510ms.json');
  const native = execFileSync(DROPPOINT, ['run', 'rust/naive', '--cut', '510ms', '--format', 'perfetto'], { cwd: ROOT, encoding: 'utf8' });
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toEqual(JSON.parse(native));
});

test('Perfetto is opened and gets the trace when it is ready', async ({ page, site, context }) => {
  // Its page, as its documentation says that it behaves; late, as over a network.
  await context.route('https://ui.perfetto.dev/**', (route) => route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><title>Perfetto</title><script>
      let asked = 0;
      addEventListener('message', ({ data, source, origin }) => {
        if (data === 'PING' && ++asked > 2) source.postMessage('PONG', origin);
        if (data.perfetto) globalThis.got = {
          title: data.perfetto.title, fileName: data.perfetto.fileName,
          text: new TextDecoder().decode(data.perfetto.buffer),
        };
      });
    </script>`,
  }));
  await site.open('s/save-file/#at=510ms');
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Open trace in Perfetto' }).click();
  const ui = await opened;
  await expect(page.getByText('Sent to Perfetto.')).toBeVisible();
  const got = await (await ui.waitForFunction(() => /** @type {any} */ (globalThis).got)).jsonValue();
  expect(got.title).toBe('save-file-rust-naive-510ms');
  expect(JSON.parse(got.text).traceEvents.length).toBeGreaterThan(10);
  // Asking before that page is there is part of its protocol; browsers remark on it.
  expect(site.complaints.splice(0).every((text) => text.includes('postMessage'))).toBe(true);
});

test('a Go trace without Go: a message says why not', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms');
  await page.getByLabel('Trace of').selectOption('go/naive');
  await page.getByRole('button', { name: 'Download trace (.json)' }).click();
  await expect(page.getByText(/The Go programs are not loaded yet/)).toBeVisible();
});
