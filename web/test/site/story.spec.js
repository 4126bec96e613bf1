// The story: a run event by event.

import { execFileSync } from 'node:child_process';
import { DROPPOINT, ROOT } from './binaries.js';
import { bundle, expect, test } from './site.js';

/**
 * The sentences that the terminal tells of a run.
 * @param {string} program
 * @param {string} cut
 */
function told(program, cut) {
  const args = ['run', program, '--cut', cut, '--format', 'story'];
  const text = execFileSync(DROPPOINT, args, {
    cwd: ROOT, encoding: 'utf8', env: { ...process.env, COLUMNS: '300', NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'ignore'],
  });
  const story = text.slice(text.indexOf('\nAt '), text.indexOf('\nIn the end'));
  return story.split('\n').filter((line) => line.startsWith('  '))
    // A long sentence goes on in the next line.
    .reduce((/** @type {string[]} */ lines, line) => (line.startsWith('    ')
      ? [...lines.slice(0, -1), `${lines.at(-1)} ${line.trim()}`] : [...lines, line.trim()]), []);
}

/** @param {import('@playwright/test').Page} page */
const sentences = (page) => page.locator('.events li span:last-child').allTextContents();

for (const [program, label] of [
  ['rust/naive', 'Rust naive'], ['rust/spawn', 'Rust spawn'], ['js/signal-write', 'JavaScript signal-write'],
]) {
  test(`the story of ${program} is that of the terminal`, async ({ page, site }) => {
    const language = program.split('/')[0];
    await site.open(`s/save-file/#programs=${program.replace('/', '.')}&at=5ms`);
    await expect(page.getByLabel('Story of')).toHaveValue(program);
    await expect(page.getByRole('combobox', { name: 'Story of' }).locator('option')).toHaveText([label]);
    await page.getByRole('listbox').press('Home');
    await expect(page.getByText('From a run in this page; the recording says the same.')).toBeVisible();
    expect(await sentences(page)).toEqual(told(program, '5ms'));
    await expect(page.getByText('Rust internals')).toBeVisible({ visible: language === 'rust' });
  });
}

test('buttons and arrow keys move through the events, and the world follows', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms');
  const list = page.getByRole('listbox', { name: 'Events of the run' });
  const current = list.getByRole('option', { selected: true });
  const world = page.getByRole('table', { name: /The world at/ });
  // What matters first is where the client leaves.
  await expect(current).toContainText('Here the client leaves');
  await expect(current).toBeVisible();
  await list.press('Home');
  await expect(current).toContainText('The client, a, begins.');
  await expect(page.getByRole('button', { name: 'Back' })).toBeDisabled();
  await expect(world.getByRole('row', { name: 'disk' })).toContainText('empty');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(current).toContainText('a begins (1)');
  for (let i = 0; i < 3; i++) await list.press('ArrowDown');
  await expect(current).toContainText('File a is now on the disk');
  await expect(world.getByRole('row', { name: 'disk' })).toContainText('a changed');
  await expect(page.getByText('The world at 10 ms')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).press('Enter');
  await expect(current).toContainText('a begins (2)');
  await list.press('End');
  await expect(current).toBeInViewport();
  await expect(world.getByRole('row', { name: 'disk' })).toContainText('a b c');
  await expect(world.getByRole('row', { name: 'index' })).toContainText('b c');
});

test('the world at the last event is the one that the program reports', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms');
  const found = await page.evaluate(async () => {
    const live = await import(new URL('../../live.js', location.href).href);
    const { ndjson } = await live.runHere('save-file', 'rust', 'naive', '510ms');
    return JSON.parse(ndjson.trim().split('\n').at(-1)).world;
  });
  await page.getByRole('listbox').press('End');
  await expect(page.getByText('From a run in this page; the recording says the same.')).toBeVisible();
  const items = (/** @type {string} */ place) =>
    page.locator('.world tr', { has: page.getByRole('rowheader', { name: place }) }).locator('.item');
  await expect(items('disk')).toHaveText(Object.keys(found.disk.map));
  await expect(items('index')).toHaveText(found.index.set);
});

test('polls and wakes are collapsed at first', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms');
  await expect(page.getByText('The poll of a returns Pending.').first()).toBeHidden();
  await page.getByText('Rust internals').click();
  await expect(page.getByText('The poll of a returns Pending.').first()).toBeVisible();
  await expect(page.getByText('The waker of a is called.').first()).toBeVisible();
  await page.getByLabel('Story of').selectOption('go/naive');
  await expect(page.getByText('Rust internals')).toBeHidden();
  await expect(page.getByText('From the recording: “Run Go here” above has not been pressed.')).toBeVisible();
});

test('the story of a program that would end its process is from the recording', async ({ page, site }) => {
  const data = await bundle();
  for (const one of data.programs) if (one.name === 'naive') one.in_page = false;
  await page.route('**/data/save-file.json', (route) => route.fulfill({ json: data }));
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await site.open('s/save-file/#at=510ms');
  await page.getByRole('listbox').press('ArrowDown');
  await expect(page.getByText('From the recording: a page cannot run it.')).toBeVisible();
  await expect(page.getByText('Rust internals')).toBeHidden();
  await page.getByRole('button', { name: 'Download trace (.json)' }).click();
  await expect(page.getByText(/No trace from this page: a page cannot run it\. In a terminal/)).toBeVisible();
  expect(fetched.filter((url) => url.endsWith('.wasm'))).toEqual([]);
});

test('it is of the selected row, unless the reader chooses another', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms');
  const [story, trace] = [page.getByLabel('Story of'), page.getByLabel('Trace of')];
  await page.getByRole('radio', { name: 'JavaScript naive' }).check();
  await expect(story).toHaveValue('js/naive');
  await expect(trace).toHaveValue('js/naive');
  await expect(page.getByRole('listbox', { name: 'Events of the run: JavaScript naive' })).toBeVisible();
  await expect(page.getByRole('listbox').getByRole('option', { selected: true })).toContainText('its signal is aborted');
  await story.selectOption('go/naive');
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByText('The world at 5 ms')).toBeVisible();
  await expect(story).toHaveValue('go/naive');
  await page.getByRole('radio', { name: 'Rust naive' }).check();
  await expect(story).toHaveValue('rust/naive');
  await page.getByRole('button', { name: 'spawn', exact: true }).click();
  await expect(story).toHaveValue('rust/spawn');
});

test('in print the story says which program it is of', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Events of the run: Rust naive')).toBeVisible();
});

test('a button that is off does nothing', async ({ page, site }) => {
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await site.open('s/save-file/');
  const back = page.getByRole('button', { name: 'Back' });
  await expect(back).toHaveAttribute('aria-disabled', 'true');
  // Playwright waits for a button that is on.
  await back.evaluate((it) => /** @type {HTMLElement} */ (it).click());
  await page.getByLabel('Story of').focus();
  expect(fetched.filter((url) => url.endsWith('live.js'))).toEqual([]);
  await expect(page.getByText('From the recording.', { exact: true })).toBeVisible();
});

test('a key on the handle is spoken by the element, and a step by the story', async ({ page, site }) => {
  await site.open('s/save-file/#at=510ms');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.locator('#story-panel').evaluate((room) => {
    const heard = /** @type {string[]} */ ([]);
    Object.assign(window, { heard });
    for (const live of room.querySelectorAll('[role=status], [aria-live]')) {
      new MutationObserver(() => heard.push(live.textContent ?? '')).observe(live, { childList: true, characterData: true, subtree: true });
    }
  });
  const heard = () => page.evaluate(() => /** @type {any} */ (window).heard);
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByText('From a run in this page; the recording says the same.')).toBeVisible();
  expect(await heard()).toEqual([]);
  await page.getByRole('button', { name: 'Next' }).click();
  expect(await heard()).toEqual([expect.stringMatching(/^Event \d+ of \d+: \d+ ms, .+\.$/)]);
});
