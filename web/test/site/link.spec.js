// The address says what the page shows.

import { expect, test, verdict } from './site.js';

test('the handle and the rows write the address, and the address sets them', async ({ page, site, context }) => {
  await site.open('s/save-file/');
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page).toHaveURL(/#programs=rust\.naive,go\.naive,js\.naive&at=510ms&saw=X%3E%3E&view=run$/);
  await page.getByRole('button', { name: 'token-guard' }).click();
  await expect(page).toHaveURL(/#programs=rust\.token-guard,go\.naive,js\.naive&at=510ms&saw=\.%3E%3E&view=run$/);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(verdict(other, 'Rust')).toContainText('clean');
  await expect(other.getByRole('slider')).toHaveAttribute('aria-valuetext', /^\(3\) waiting/);
  await expect(other.locator('#link-note')).toBeHidden();
});

test('a link keeps its rows, and an instant within a cell', async ({ page, site }) => {
  await site.open('s/save-file/#programs=rust.naive,go.naive&at=505ms&saw=X>');
  await expect(page.locator('.row')).toHaveCount(2);
  await expect(verdict(page, 'Rust')).toContainText('broken');
  await expect(page.locator('#link-note')).toBeHidden();
});

test('a result that differs from the one in the link: a message names the row', async ({ page, site }) => {
  await site.open('s/save-file/#programs=rust.naive,go.naive&at=505ms&saw=.>');
  await expect(page.locator('#link-note')).toHaveText(
    'The result differs from the one in this link: Rust naive was “clean” and is “broken” now.');
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.locator('#link-note')).toBeHidden();
});

for (const [name, hash, says] of /** @type {[string, string, RegExp][]} */ ([
  ['a program', 'programs=rust.naiv,go.naive', /There is no program “rust\/naiv” in save-file\. .*rust\/naive/],
  ['a cut', 'at=soon', /Invalid cut “soon”: use at-once, none, or an instant such as 5ms\./],
  ['too many rows', `programs=${Array(40).fill('rust.naive')}`, /40 programs; at most 12 are shown/],
  ['what was seen', 'programs=rust.naive&at=510ms&saw=XX>>', /does not match its number of rows, 1\./],
  ['a row', 'programs=rust.naive,go.naive&row=3', /Invalid row “3”: there are 1 to 2\./],
  ['a row that is no number', 'row=<b>', /Invalid row “<b>”: there are 1 to 3\./],
  ['a pane', 'view=javascript:alert(1)', /Invalid view “javascript:alert\(1\)”: there are map, run, code\./],
  ['an event', 'at=510ms&event=-1', /Invalid event “-1”\./],
  ['everything', '%E0%A4%A&&&=<script>', /is not understood/],
])) {
  test(`damaged: ${name}`, async ({ page, site }) => {
    await site.open(`s/save-file/#${hash}`);
    await expect(page.locator('#link-note')).toHaveText(says);
    await expect(page.getByRole('slider')).toBeVisible();
    await expect(page.locator('.row').first()).toBeVisible();
  });
}

test('another address in the same page is followed', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms');
  await expect(verdict(page, 'Rust')).toContainText('broken');
  await page.evaluate(() => { location.hash = 'at=at-once'; });
  await expect(verdict(page, 'Rust')).toContainText('clean');
});

test('a program\'s link leads to the handle, and Back shows the previous state', async ({ page, site }) => {
  await site.open('s/save-file/');
  await expect(page.locator('.row')).toHaveCount(3);
  const link = page.locator('a[href^="#programs="]').first();
  await link.click();
  await expect(page).toHaveURL(/#programs=/);
  await expect(page.getByRole('slider')).toBeFocused();
  const moved = await page.locator('drop-point').getAttribute('cancel-at');
  expect(moved).not.toBeNull();
  await page.goBack();
  await expect(page).toHaveURL(/\/s\/save-file\/$/);
  await expect(page.locator('drop-point')).not.toHaveAttribute('cancel-at', /** @type {string} */ (moved));
  await expect(page.locator('.row')).toHaveCount(3);
});

test('a reload keeps the row, the pane and the event of the story', async ({ page, site }) => {
  await site.open('s/save-file/');
  await page.getByRole('slider').press('ArrowLeft');
  await page.getByRole('radio', { name: 'JavaScript naive' }).check();
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  const of = page.getByLabel('Story of');
  await expect(of).toHaveValue('js/naive');
  await page.getByRole('button', { name: 'Next' }).click();
  const current = page.getByRole('listbox').getByRole('option', { selected: true });
  const event = await current.textContent();
  await expect(page).toHaveURL(/&row=3&view=code&event=\d+$/);
  await page.reload();
  // The browser has kept the place, and the element waits to be near.
  await page.locator('drop-point').scrollIntoViewIfNeeded();
  await expect(page.getByRole('radio', { name: 'JavaScript naive' })).toBeChecked();
  await expect(page.getByRole('region', { name: 'Code of js/naive' })).toBeVisible();
  await expect(of).toHaveValue('js/naive');
  await expect(current).toHaveText(String(event));
  // The event belongs to this run.
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page).toHaveURL(/&row=3&view=code$/);
});

test('an event beyond the end of the run is its last', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms&event=9999');
  await expect(page.getByText(/^Event (\d+) of \1$/)).toBeVisible();
  await expect(page.getByText(/^This link asks for event 9999, but this run has \d+\. The last one is shown\.$/)).toBeVisible();
});

test('the first page has an address too, and leads to the same on the scenario\'s own', async ({ page, site }) => {
  await site.open();
  await page.getByRole('slider').press('ArrowLeft');
  await page.getByRole('button', { name: 'token-guard' }).click();
  await expect(page).toHaveURL(/\/#programs=rust\.token-guard,go\.naive,js\.naive&at=510ms&saw=\.%3E%3E&view=run$/);
  await page.reload();
  await expect(verdict(page, 'Rust')).toContainText('clean');
  const { hash } = new URL(page.url());
  await page.getByRole('link', { name: 'The same, event by event' }).click();
  await expect(verdict(page, 'Rust')).toContainText('clean');
  expect(new URL(page.url()).hash).toBe(hash);
});

test('links within the page leave the address alone', async ({ page, site }) => {
  const hash = '#programs=rust.naive,go.naive&at=510ms';
  await site.open(hash);
  await page.getByRole('link', { name: 'Skip to the comparison' }).press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  expect(new URL(page.url()).hash).toBe(hash);
  await page.getByRole('link', { name: 'What the signs mean' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'How to read it' })).toBeInViewport();
  expect(new URL(page.url()).hash).toBe(hash);
  await page.reload();
  // The browser has kept the place, and the element waits to be near.
  await page.getByRole('link', { name: 'Skip to the comparison' }).press('Enter');
  await expect(verdict(page, 'Rust')).toContainText('broken');
});

test('a program\'s link selects its own row', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms&row=3');
  await expect(page.getByRole('radio').last()).toBeChecked();
  await page.getByRole('link', { name: 'token-guard', exact: true }).click();
  await expect(page.getByRole('radio').first()).toBeChecked();
});

test('choosing a program can be undone with Back; moves of the handle add no step', async ({ page, site }) => {
  await site.open('s/save-file/');
  const slider = page.getByRole('slider');
  for (const _ of [1, 2]) await slider.press('ArrowLeft');
  await slider.press('ArrowRight');
  const length = () => page.evaluate(() => history.length);
  const before = await length();
  // Not yet written into the address when the choice is made.
  await page.getByRole('button', { name: 'token-guard' }).click();
  await expect(verdict(page, 'Rust')).toContainText('clean');
  await page.getByRole('combobox', { name: 'Program in Go' }).selectOption('ctx-checked');
  await expect(verdict(page, 'Go')).toContainText('broken');
  expect(await length()).toBe(before + 2);

  await page.goBack();
  await expect(verdict(page, 'Go')).toContainText('finished anyway');
  await expect(verdict(page, 'Rust')).toContainText('clean');
  await page.goBack();
  await expect(verdict(page, 'Rust')).toContainText('broken');
  await expect(slider).toHaveAttribute('aria-valuetext', /^\(3\) waiting/);
  await page.goForward();
  await expect(verdict(page, 'Rust')).toContainText('clean');
  await expect(page.locator('#link-note')).toBeEmpty();
});

test('a wrong name in an address is answered with a few names, not with all', async ({ page, site }) => {
  await site.open('s/save-file/#programs=something.else');
  const note = page.locator('#link-note');
  await expect(note).toContainText('There is no program “something/else” in save-file.');
  expect((await note.textContent())?.match(/\b(rust|go|js)\//g)?.length).toBeLessThanOrEqual(6);
});
