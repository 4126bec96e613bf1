// Every scenario on the first page, found by words, and what its own page says
// of its programs.

import { bundles, expect, test, verdict } from './site.js';

const all = await bundles();

test('every scenario has a tile with the strips of its own page', async ({ page, site }) => {
  await site.open();
  await expect(page.locator('.tile')).toHaveCount(all.length);
  /** @type {Record<string, (string | null)[]>} */
  const strips = {};
  for (const { id, title, question } of all) {
    const tile = page.locator('.tile').filter({ has: page.getByRole('link', { name: title }) });
    await expect(tile).toContainText(question);
    strips[id] = await tile.getByRole('img').evaluateAll((images) => images.map((one) => one.getAttribute('aria-label')));
  }
  for (const { id } of all) {
    await site.open(`s/${id}/`);
    await expect(page.getByRole('slider')).toBeVisible();
    const own = await page.locator('drop-point').getByRole('img').evaluateAll((images) =>
      images.map((one) => one.getAttribute('aria-label')));
    expect(strips[id], id).toEqual(own);
  }
});

test('the groups, and the scenarios to begin with', async ({ page, site }) => {
  await site.open();
  const groups = page.locator('.group');
  await expect(groups.getByRole('heading', { level: 3 })).toHaveText(['Tasks', 'Channels', 'Locks', 'Shutdown']);
  for (const name of ['tasks', 'channels', 'locks', 'shutdown']) {
    const own = all.filter(({ group }) => group === name);
    await expect(page.getByRole('region', { name: new RegExp(`^${name}$`, 'i') }).locator('.tile')).toHaveCount(own.length);
  }
  const begin = all.filter(({ start_here }) => start_here).map(({ title }) => title);
  expect(begin).toHaveLength(3);
  expect((await page.locator('.start a').allTextContents()).toSorted()).toEqual(begin.toSorted());
  await expect(page.locator('.tile', { hasText: 'start here' })).toHaveCount(3);
});

test('search by keys: words of titles, programs and lessons', async ({ page, site }) => {
  await site.open();
  const field = page.getByRole('searchbox', { name: 'Find a scenario' });
  const says = page.locator('#find-says');
  const tiles = page.locator('.tile:visible');
  await field.press('End');
  for (const { id, programs } of all) {
    const { name, lesson = '' } = programs[0];
    for (const words of [id, `${name} ${lesson}`.toUpperCase()]) {
      await field.fill(words);
      await expect(page.locator(`.tile:visible a[href="s/${id}/"]`), words).toHaveCount(1);
    }
  }
  await field.fill('promise.race');
  await expect(says).toHaveText(/^\d of \d+ scenarios$/);
  const found = await tiles.count();
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(all.length);
  await field.fill('no such word');
  await expect(says).toHaveText(`None of ${all.length} scenarios; Escape shows all of them`);
  await expect(tiles).toHaveCount(0);
  await expect(page.locator('.group:visible')).toHaveCount(0);
  await field.press('Escape');
  await expect(tiles).toHaveCount(all.length);
  await expect(says).toHaveText('');
  await field.pressSequentially('shutdown timeout');
  await field.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/s\/[\w-]+\/$/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the whole list is shown, and no search', async ({ page, site }) => {
    await site.open();
    await expect(page.locator('.tile:visible')).toHaveCount(all.length);
    await expect(page.getByRole('searchbox')).toHaveCount(0);
    await page.getByRole('link', { name: 'A loop waits for messages' }).last().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A loop waits for messages and for its heartbeat at once.');
    await expect(page.getByText('recv() is cancel safe, the code after it is not.')).toBeVisible();
  });
});

test('a scenario’s page has the lesson and the cost of every program', async ({ page, site }) => {
  for (const { id, title, programs, cells, reading } of all) {
    await site.open(`s/${id}/`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByRole('banner')).toContainText(id);
    // What its strips' columns are is said for each language.
    const columns = page.getByText(/^From left to right: at once, /);
    await expect(columns).toHaveCount(new Set(programs.map(({ language }) => language)).size);
    await expect(columns.first()).toContainText(String(cells.at(-1)?.head));
    await expect(columns.first()).not.toContainText('undefined');
    const entries = page.locator('.programs > li');
    await expect(entries).toHaveCount(programs.length);
    for (const [nth, { name, lesson, runs }] of programs.entries()) {
      const entry = entries.nth(nth);
      await expect(entry.getByRole('heading')).toContainText(name);
      if (lesson) await expect(entry).toContainText(lesson);
      const on = Math.max(0, ...runs.filter(({ verdict }) => verdict !== 'done').map((run) => run.went_on));
      await expect(entry).toContainText(on ? `The program goes on for up to ${on} ms` : 'Nothing goes on');
    }
    // Those whose calls `just bench-cost` measures.
    const timed = entries.filter({ hasText: 'Uncut, a call takes' });
    await expect(timed).toHaveCount(['save-file', 'graceful-stop'].includes(id) ? programs.length : 0);
    for (const { title, url } of reading) {
      await expect(page.getByRole('link', { name: title })).toHaveAttribute('href', url);
    }
  }
});

test('the name of a program leads to its comparison', async ({ page, site }) => {
  await site.open('s/save-file/');
  await page.getByRole('link', { name: 'token-guard', exact: true }).click();
  await expect(verdict(page, 'Rust')).toContainText('clean');
  await expect(page.getByRole('combobox', { name: /Rust/ }).first()).toHaveValue(/token-guard/);
  await expect(page.locator('drop-point')).toBeInViewport();
});
