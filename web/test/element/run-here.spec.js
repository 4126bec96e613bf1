// The first touch runs the shown cell in the page. The chunk that does it is
// played here; that its runs are true is tested where it is made.

import { bundle, embed, expect, test } from './host.js';

/**
 * A live chunk that answers from the recording.
 * @param {string} answer the body of runHere
 */
const chunk = (answer) => ({
  contentType: 'text/javascript',
  body: `
    const bundle = await (await fetch('/data/save-file.json')).json();
    export const capabilities = { rust: true, js: true, go: 'absent' };
    globalThis.asked = [];
    export async function runHere(scenario, language, variant, cut) {
      asked.push([scenario, language, variant, cut].join(' '));
      const program = bundle.programs.find((p) => p.language === language && p.name === variant);
      const run = structuredClone(program.runs[bundle.cells.findIndex((c) => c.cut === cut)]);
      ${answer}
    }`,
});

test('nothing runs before the first use', async ({ page, host }) => {
  let fetched = 0;
  await page.route('**/live.js', (route) => { fetched += 1; return route.fulfill(chunk('return { run };')); });
  await host.open();
  await expect(page.getByRole('slider')).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('recorded, tokio 1.54.1');
  expect(fetched).toBe(0);
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('status')).toHaveText('ran in this page: same as recorded');
  expect(await page.evaluate(() => /** @type {any} */ (globalThis).asked)).toEqual([
    'save-file rust naive 510ms', 'save-file js naive 510ms',
  ]);
  await expect(page.getByText('Go 1.26.8 (recorded)')).toBeVisible();
});

test('a difference is shown beside the recorded result', async ({ page, host }) => {
  await page.route('**/live.js', (route) => route.fulfill(chunk(`
    if (language === 'rust') Object.assign(run, { verdict: 'clean', words: '', digest: '0000000000000000' });
    return { run };`)));
  await host.open();
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('status')).toHaveText('ran in this page: differs from the recording');
  await expect(page.getByRole('listitem')).toHaveText(
    'rust/naive, (3) waiting: recorded broken (orphan, quota 3/2), here clean');
  await expect(page.getByText(/File a is on the disk/)).toBeVisible();
});

test('a difference belongs to its cell, and a long run says that it is running', async ({ page, host }) => {
  await page.route('**/live.js', (route) => route.fulfill(chunk(`
    if (cut !== '510ms') await new Promise((resolve) => { globalThis.release = resolve; });
    if (cut === '510ms' && language === 'rust') run.digest = '0000000000000000';
    return { run };`)));
  await host.open({ body: embed('').replace('go/naive js/naive', '') });
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('listitem')).toHaveText(/^rust\/naive, \(3\) waiting/);
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('listitem')).toHaveCount(0);
  await expect(page.getByRole('status')).toHaveText('running in this page');
  await page.evaluate(() => /** @type {any} */ (globalThis).release());
  await expect(page.getByRole('status')).toHaveText('ran in this page: same as recorded');
});

test('when a run fails the recording stays, and the reason is logged to the console only', async ({ page, host }) => {
  await page.route('**/live.js', (route) => route.fulfill(chunk(`
    throw new Error('WebAssembly is blocked by this page.');`)));
  const logged = page.waitForEvent('console', (message) => message.text().includes('rust/naive'));
  await host.open();
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('status')).toHaveText('recorded, tokio 1.54.1');
  expect((await logged).text()).toBe('droppoint: rust/naive was not run in this page. WebAssembly is blocked by this page.');
  await expect(page.getByText(/File a is on the disk/)).toBeVisible();
});

test('a language that fails does not affect the others', async ({ page, host }) => {
  await page.route('**/live.js', (route) => route.fulfill(chunk(`
    if (language === 'js') throw new Error('No worker could start.');
    return { run };`)));
  await host.open();
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('status')).toHaveText(
    'ran in this page: same as recorded; js/naive recorded');
});

test('a program that would end its process is never run, and the badge says so', async ({ page, host }) => {
  const data = await bundle();
  const ends = (/** @type {string[]} */ ...names) => ({
    ...data,
    programs: data.programs.map((one) =>
      (names.includes(`${one.language}/${one.name}`) ? { ...one, in_page: false } : one)),
  });
  await page.route('**/live.js', (route) => route.fulfill(chunk('return { run };')));
  await page.route('**/data/save-file.json', (route) => route.fulfill({ json: ends('js/naive') }));
  await host.open();
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('status')).toHaveText(
    'ran in this page: same as recorded; js/naive recorded: a page cannot run it');
  expect(await page.evaluate(() => /** @type {any} */ (globalThis).asked)).toEqual(['save-file rust naive 510ms']);

  // Where nothing can run, nothing is loaded for it.
  let loaded = 0;
  await page.unroute('**/live.js');
  await page.route('**/live.js', (route) => { loaded += 1; return route.fulfill(chunk('return { run };')); });
  await page.unroute('**/data/save-file.json');
  await page.route('**/data/save-file.json', (route) =>
    route.fulfill({ json: ends('rust/naive', 'go/naive', 'js/naive') }));
  await page.clock.install();
  await host.open();
  await expect(page.getByRole('status')).toHaveText('recorded: a page cannot run it');
  for (const column of ['2', '1']) {
    await page.getByRole('slider').press('ArrowLeft');
    await expect(page.getByRole('slider')).toHaveValue(column);
  }
  // Whatever waits for the hand to rest has come by then.
  await page.clock.runFor(5000);
  await expect(page.getByRole('status')).toHaveText('recorded: a page cannot run it');
  expect(loaded).toBe(0);
});

test('another of the possible random outcomes is not a difference', async ({ page, host }) => {
  const data = await bundle();
  const cell = data.cells.findIndex(({ cut }) => cut === '510ms');
  const [first] = data.programs;
  first.chance = [{ cell, digests: [first.runs[cell].digest, 'feedfeedfeedfeed'] }];
  await page.route('**/live.js', (route) => route.fulfill(chunk(`
    if (language === 'rust') run.digest = 'feedfeedfeedfeed';
    return { run };`)));
  await page.route('**/data/save-file.json', (route) => route.fulfill({ json: data }));
  await host.open();
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('status')).toHaveText(
    'ran in this page: another of its possible random outcomes');
  await expect(page.getByRole('listitem')).toHaveCount(0);
});

test('the badge is about the cell that was selected last', async ({ page, host }) => {
  // The answer for one cell comes after the answer for the next.
  await page.route('**/live.js', (route) => route.fulfill(chunk(`
    if (cut === '510ms') {
      await new Promise((resolve) => { globalThis.release = resolve; });
      run.digest = 'late';
    }
    return { run };`)));
  await host.open();
  await page.getByRole('slider').press('ArrowLeft');
  await page.waitForFunction(() => 'release' in globalThis);
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('status')).toHaveText('ran in this page: same as recorded');
  await page.evaluate(() => /** @type {any} */ (globalThis).release());
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  await expect(page.getByRole('status')).toHaveText('ran in this page: same as recorded');
});

test('two elements run a cell once', async ({ page, host }) => {
  await page.route('**/live.js', (route) => route.fulfill(chunk('return { run };')));
  await host.open({ body: embed() + embed() });
  for (const at of [0, 1]) {
    await page.getByRole('slider').nth(at).press('ArrowLeft');
    await expect(page.getByRole('status').nth(at)).toHaveText('ran in this page: same as recorded');
  }
  expect(await page.evaluate(() => /** @type {any} */ (globalThis).asked.length)).toBe(2);
  expect((await bundle()).programs.length).toBeGreaterThan(3);
});
