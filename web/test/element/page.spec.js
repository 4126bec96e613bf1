// Pages that forbid, fail or ask for what is not there. The fallback stays, a
// sentence says why, and the page hears of no error.

import { bundle, embed, expect, test } from './host.js';

const FALLBACK = { name: 'Rust naive' };

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('the fallback is what one sees', async ({ page, host }) => {
    await host.open();
    await expect(page.getByRole('cell', FALLBACK)).toBeVisible();
  });
});

for (const wasm of ['', " 'wasm-unsafe-eval'"]) {
  test(`under a strict CSP${wasm && ', WASM allowed'}`, async ({ page, host }) => {
    const csp = `default-src 'none'; script-src 'self'${wasm}; connect-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;
    await host.open({ csp });
    await page.getByRole('slider').press('ArrowLeft');
    await expect(page.getByRole('table').first()).toBeVisible();
    await page.getByRole('button', { name: 'Code' }).click();
    await expect(page.locator('[aria-current=step]')).toBeVisible();
    expect(await page.locator('.line.now').evaluate((line) => getComputedStyle(line).backgroundColor))
      .not.toBe('rgba(0, 0, 0, 0)');
  });
}

test('where the page blocks every request, the fallback stays', async ({ page, host }) => {
  await page.route('**/data/*', (route) => route.abort('blockedbyclient'));
  await host.open();
  await expect(page.getByRole('note')).toHaveText(
    'The data of save-file could not be loaded: offline, or blocked by this page.');
  await expect(page.getByRole('cell', FALLBACK)).toBeVisible();
});

test('offline after loading, it shows the recording', async ({ page, host }) => {
  await host.open();
  await expect(page.getByRole('slider')).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByText(/File a is on the disk and in no index/)).toBeVisible();
  await expect(page.getByRole('status')).toHaveText(/^recorded, tokio [\d.]+$/);
});

/** @type {[string, { body?: string, contentType?: string, status?: number }, RegExp][]} */
const DAMAGED = [
  ['another version', { body: '{"schema":2}' }, /of another version than this page's script \(schema 2, not 1\)/],
  ['no JSON', { body: '<!doctype html>', contentType: 'text/html' }, /could not be read: it is not JSON/],
  ['nothing like cells', { body: '{"schema":1,"id":"save-file","cells":[1],"programs":[{"runs":[1]}]}' }, /is damaged/],
  ['an old name of itself', { body: '{"renamed":"save-file"}' }, /of another version/],
  ['half a bundle', { body: '{"schema":1,"id":"save-file","cells":[1],"programs":[{"runs":[]}]}' }, /is damaged/],
  ['a failing server', { status: 500 }, /the server answered 500/],
  ['nonsense in its runs', { body: '{"schema":1,"id":"save-file","cells":[{"cut":"none"}],"programs":[{"language":"rust","name":"naive","runs":[{}]}]}' }, /could not be shown/],
];
for (const [what, answer, sentence] of DAMAGED) {
  test(`data that is ${what}`, async ({ page, host }) => {
    await page.route('**/data/save-file.json', (route) => route.fulfill(answer));
    await host.open({ body: embed().replace(/programs="[^"]*"/, '') });
    await expect(page.getByRole('note')).toHaveText(sentence);
    await expect(page.getByRole('cell', FALLBACK)).toBeVisible();
  });
}

test('an old name of a scenario leads to it', async ({ page, host }) => {
  await page.route('**/data/store-file.json', (route) => route.fulfill({ json: { renamed: 'save-file' } }));
  await host.open({ body: embed('cancel-at="510ms" view="code" playground="/"').replace('scenario="save-file"', 'scenario="store-file"') });
  await expect(page.getByRole('region', { name: 'Code of rust/naive' })).toContainText('fs::write');
  await expect(page.getByRole('link', { name: 'Open in playground' })).toHaveAttribute('href', /\/s\/save-file\/#/);
});

test('a recording that one part cannot read is an error of the whole element', async ({ page, host }) => {
  const data = await bundle();
  for (const run of data.programs[0].runs) Object.assign(run, { sentences: null });
  await page.route('**/data/save-file.json', (route) => route.fulfill({ json: data }));
  await host.open();
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('note')).toHaveText('This comparison could not be shown.');
  await expect(page.getByRole('cell', FALLBACK)).toBeVisible();
});

/** @type {[string, string, RegExp][]} */
const ASKED = [
  ['scenario', 'save-fil', /^There is no scenario “save-fil”\. Did you mean save-file\?$/],
  ['scenario', '../../etc/passwd', /^There is no scenario “\.\.\/\.\.\/etc\/passwd”/],
  ['scenario', '', /^This element names no scenario\./],
  ['programs', 'rust/naiv go/naive', /^There is no program “rust\/naiv” in save-file\. Did you mean rust\/naive\?$/],
  ['programs', '<img src=x onerror=alert(1)>', /^There is no program “<img”/],
  ['programs', 'rust/naive '.repeat(10_000), /has 10000 programs; at most 12/],
  ['programs', 'constructor __proto__', /^There is no program “constructor”/],
  ['cancel-at', 'soon', /^Invalid cut “soon”/],
  ['cancel-at', '-5ms', /^Invalid cut “-5ms”/],
  ['cancel-at', '1e9ms', /^Invalid cut “/],
  ['cancel-at', '"><script>alert(1)</script>', /^Invalid cut “/],
  ['row', '0', /^Invalid row “0”: there are 1 to 3\.$/],
  ['row', '<b>', /^Invalid row “<b>”/],
  ['view', 'everything', /^Invalid view “everything”: there are map, run, code\.$/],
];
for (const [name, value, sentence] of ASKED) {
  test(`${name}=${value.slice(0, 30)}`, async ({ page, host }) => {
    await host.open();
    await expect(page.getByRole('slider')).toBeVisible();
    await page.evaluate(([name, value]) => document.querySelector('drop-point')?.setAttribute(name, value), [name, value]);
    await expect(page.getByRole('note')).toHaveText(sentence);
    await expect(page.getByRole('cell', FALLBACK)).toBeVisible();
    // And back: the same element shows what it is then asked for.
    await page.evaluate(() => {
      const element = /** @type {any} */ (document.querySelector('drop-point'));
      Object.assign(element, { scenario: 'save-file', programs: 'rust/spawn', cancelAt: '5ms', row: '1', view: 'map' });
    });
    await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /Rust spawn: finished anyway$/);
  });
}

test('a row beyond the last is an error', async ({ page, host }) => {
  await host.open({ body: embed('row="9"') });
  await expect(page.getByRole('note')).toHaveText('Invalid row “9”: there are 1 to 3.');
  await page.evaluate(() => document.querySelector('drop-point')?.setAttribute('row', '3'));
  await expect(page.getByRole('radio', { checked: true })).toHaveAccessibleName(/JavaScript/);
  // A row that was there when it was selected may go.
  await page.evaluate(() => document.querySelector('drop-point')?.setAttribute('programs', 'rust/naive go/naive'));
  await expect(page.getByRole('radio', { checked: true })).toHaveAccessibleName(/Go/);
});

test('the keyboard focus is kept when a script changes what is shown', async ({ page, host }) => {
  await host.open();
  await page.getByRole('slider').press('ArrowLeft');
  await page.evaluate(() => document.querySelector('drop-point')?.setAttribute('programs', 'rust/spawn go/naive'));
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /Rust spawn/);
  await expect(page.getByRole('slider')).toBeFocused();
  // And nobody gets it who had it not.
  await page.evaluate(() => /** @type {any} */ (document.activeElement)?.blur());
  await page.evaluate(() => document.querySelector('drop-point')?.setAttribute('programs', 'rust/naive'));
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /Rust naive/);
  await expect(page.getByRole('slider')).not.toBeFocused();
});

test('an address that is not http or https is not a link', async ({ page, host }) => {
  await host.open({ body: embed('playground="javascript:alert(1)//" made="&lt;b&gt;0.1"') });
  await expect(page.getByText('embed <b>0.1')).toBeVisible();
  await expect(page.getByText('Open in playground')).toBeHidden();
});

test('the link to the playground says what is shown', async ({ page, host }) => {
  await host.open({ body: embed('cancel-at="505ms" playground="https://play.example/"') });
  await expect(page.getByRole('link', { name: 'Open in playground' })).toHaveAttribute('href',
    'https://play.example/s/save-file/#programs=rust.naive,go.naive,js.naive&at=510ms&saw=X%3E%3E');
});

test('an element can be moved and removed', async ({ page, host }) => {
  await host.open();
  await expect(page.getByRole('slider')).toBeVisible();
  await page.evaluate(() => {
    const element = document.querySelector('drop-point');
    const other = document.createElement('section');
    document.body.append(other);
    if (element) other.append(element);
  });
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page.getByRole('table').first()).toBeVisible();
  await page.evaluate(() => document.querySelector('drop-point')?.remove());
});

test('a late failure of an old scenario does not replace the new one', async ({ page, host }) => {
  let release = () => {};
  const held = new Promise((/** @type {(_: void) => void} */ resolve) => { release = resolve; });
  await page.route('**/data/nope.json', async (route) => {
    await held;
    await route.fulfill({ status: 404 });
  });
  await host.open();
  await expect(page.getByRole('slider')).toBeVisible();
  const ask = (/** @type {string} */ id) => page.locator('drop-point').evaluate((point, scenario) => {
    point.setAttribute('scenario', scenario);
  }, id);
  const asked = page.waitForRequest('**/data/nope.json');
  await ask('nope');
  await asked;
  await ask('save-file');
  const failed = page.waitForResponse('**/data/ids.json');
  release();
  await (await failed).finished();
  // What the failure leads to takes turns of the page, and these come after them.
  for (let turn = 0; turn < 3; turn++) await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  await expect(page.getByRole('note')).toBeHidden();
  await expect(page.getByRole('slider')).toBeVisible();
});

test('program names may be separated by commas', async ({ page, host }) => {
  await host.open({ body: embed().replace('rust/naive go/naive js/naive', 'rust/naive, go/naive,') });
  await expect(page.getByRole('radio')).toHaveCount(2);
});
