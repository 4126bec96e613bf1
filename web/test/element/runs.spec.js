// What the lanes of a run tell: of those who wait for ever, of the process that
// ends, of what is dropped and of what is left behind.

import { PHONE, expect, test } from './host.js';

/**
 * @param {string} scenario
 * @param {string} cut
 * @param {string} [programs]
 */
const view = (scenario, cut, programs) => ({
  body: `<drop-point scenario="${scenario}" view="run" cancel-at="${cut}"${programs ? ` programs="${programs}"` : ''}></drop-point>`,
});

test('a wait for ever is drawn to the end of the axis, with its name', async ({ page, host }) => {
  await host.open(view('futurelock', '13ms', 'rust/select-by-ref'));
  const lane = page.locator('.group .lane svg[role=img]');
  await expect(lane.getByText('(4) other arm: waits for ever')).toBeVisible();
  await expect(page.locator('.axis')).toContainText('∞');
  await expect(lane.locator('.bar.after')).toHaveCount(2);
  for (const bar of await lane.locator('.bar.after').all()) {
    expect((await bar.boundingBox())?.width).toBeGreaterThan(30);
  }
  await expect(lane).toHaveAttribute('aria-label', /13 ms: The other arm is ready, other arm for ever; .*The caller waits for ever$/);
});

test('a task that waits in no step is drawn, too', async ({ page, host }) => {
  await host.open(view('poll-by-hand', 'none', 'rust/first-waker'));
  await expect(page.locator('.lane').getByText('waits for ever', { exact: true })).toBeVisible();
});

test('where the process ends, the lane says so', async ({ page, host }) => {
  await host.open(view('lost-error', '10ms', 'js/floating'));
  const lane = page.locator('.group .lane svg[role=img]').first();
  await expect(lane.getByText('process ends, code 1')).toBeVisible();
  await expect(lane.locator('.ended')).toBeVisible();
  await expect(lane).toHaveAttribute('aria-label', /10 ms: The work fails, process ends, code 1. The caller has no answer$/);
});

test('only what the cut drops has a cross in the colour of a fault', async ({ page, host }) => {
  await host.open(view('receive', '15ms', 'rust/recv-in-select'));
  const lane = page.locator('.group .lane').first();
  await expect(lane.locator('.drop.cut')).toHaveCount(1);
  await expect(lane.locator('.drop:not(.cut)')).toHaveCount(2);
  await expect(lane.getByText('(1) dropped')).toHaveCount(2);
  await expect(lane.getByText('dropped', { exact: true })).toHaveCount(1);
  const colour = (/** @type {string} */ name) => lane.locator(name).first().evaluate((one) => getComputedStyle(one).stroke);
  expect(await colour('.drop.cut')).not.toBe(await colour('.drop:not(.cut)'));
});

test('a task that was left is drawn on its own line', async ({ page, host }) => {
  await host.open(view('receive', '15ms', 'js/raced-next'));
  const lane = page.locator('.group .lane').first();
  await expect(lane.getByText('queue −m3')).toBeVisible();
  const line = await lane.locator('.life').last().boundingBox();
  const dot = await lane.locator('.mark').last().boundingBox();
  expect(line && dot && line.x + line.width - dot.x).toBeGreaterThan(0);
});

test('a lane is labelled with its program, the names of its steps and the cut, each once', async ({ page, host }) => {
  await host.open(view('save-file', '510ms'));
  await expect(page.locator('.group .lane svg[role=img]').first()).toHaveAttribute('aria-label',
    'Run of Rust naive. 0 ms: writing until 10 ms; 10 ms: waiting until 510 ms, disk +a; 510 ms: The client leaves, dropped. The client is gone');
  await expect(page.locator('.axis svg')).toHaveAttribute('aria-label', 'Time: 0, 10, 510 (the client left), 1010 ms');
  await host.open(view('detach', '15ms'));
  await expect(page.locator('.group .lane svg[role=img]').nth(1)).toHaveAttribute('aria-label', /^Run of Rust detached, task a.1\. /);
});

test('words are at their sign, also near the cut', async ({ page, host }) => {
  await host.open(view('receive', '15ms'));
  const lane = page.locator('.group .lane').nth(1);
  const [line, words] = [await lane.locator('line.cut').first().boundingBox(), await lane.getByText('noticed').boundingBox()];
  const gap = line && words ? line.x - words.x - words.width : NaN;
  expect(gap).toBeGreaterThan(2);
  expect(gap).toBeLessThan(12);
});

test('where an instant is too narrow for words, they are in a sentence below', async ({ page, host }) => {
  await page.setViewportSize(PHONE);
  await host.open(view('graceful-stop', '23ms', 'go/no-ctx'));
  await expect(page.locator('.group > small')).toContainText('0 ms ledger +1 · 6 ms mirror +1');
  await expect(page.locator('.group text:not(.n)')).toHaveCount(0);
  await page.setViewportSize({ width: 1280, height: 900 });
  await expect(page.locator('.group > small')).toHaveCount(0);
  await expect(page.locator('.group').getByText('ledger +1')).toBeVisible();
});
