// The same modules in a page: the output has the bytes of Node's, and no error
// handler of the page is called.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findChromium, launch, NO_BROWSER } from './support/browser.js';
import { variantOf } from '../lab/scenario.js';
import { contractOf } from '../load.js';
import { allCells } from './support/cells.js';
import { recordedCells } from './support/recorded.js';
import { madeUp, requestLine, serve } from './support/run.js';
import { serveModules } from './support/static.js';

/** @import { Browser, Page } from 'playwright-core' */
/** @import { Cell } from './support/cells.js' */

const executable = findChromium(process.env);
// In CI a missing browser is a failure.
const skip = executable || process.env.CI ? false : NO_BROWSER;

/** @param {string} id @param {string} variant */
const inPages = (id, variant) =>
  variantOf({ id, contract: contractOf(id) }, variant).in_page !== false;

/** Its program is never called. */
const SCENARIO = madeUp('only', () => ({ call: async () => {} }));

/**
 * Calls `use` with a page that logs its errors.
 * @param {(page: Page, origin: string) => Promise<void>} use
 * @returns the errors of the page and the files that it requested
 */
async function inPage(use) {
  assert.ok(executable, NO_BROWSER);
  const { origin, close } = await serveModules();
  /** @type {Browser | undefined} */
  let browser;
  try {
    browser = await launch(executable);
    const page = await browser.newPage();
    /** @type {string[]} */
    const requested = [];
    /** @type {string[]} */
    const errors = [];
    page.on('request', (request) => {
      requested.push(request.url().replace(`${origin}/`, ''));
    });
    page.on('console', (message) => {
      errors.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => errors.push(`pageerror: ${error.message}`));
    await page.goto(`${origin}/`);
    await page.evaluate(listen);
    await use(page, origin);
    errors.push(...await page.evaluate('errors'));
    return { requested, errors };
  } finally {
    await browser?.close();
    close();
  }
}

/** In the page: collects what reaches its error handlers. */
function listen() {
  /** @type {any} */
  const page = globalThis;
  page.errors = [];
  for (const name of ['error', 'unhandledrejection', 'rejectionhandled',
    'securitypolicyviolation']) {
    page.addEventListener(name, (/** @type {any} */ event) => {
      page.errors.push(`${name}: ${event.message ?? event.reason}`);
    });
  }
}

/**
 * In the page: the lines of all these runs.
 * @param {{ index: string, runtime: Record<string, string>, cells: Cell[] }} options
 */
async function runAll({ index, runtime, cells }) {
  const { formatCut, loadScenario, parseCut, runLines, runVirtual } =
    await import(index);
  let lines = '';
  for (const { scenario: id, variant, cut: text } of cells) {
    const scenario = await loadScenario(id);
    const cut = parseCut(text);
    const outcome = await runVirtual(scenario, variant, cut);
    lines += runLines({
      runtime, scenario: id, variant, who: scenario.contract.who,
      mode: 'virtual', cut: formatCut(cut),
    }, outcome);
  }
  // An unhandled rejection is reported before the next turn.
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    /** @type {any} */ (port1).onmessage = resolve;
    port2.postMessage(null);
  });
  return lines;
}

test('every variant at every cut has the bytes of Node', { skip }, async () => {
  const cells = [...await allCells(({ id }, name) => inPages(id, name)), ...await recordedCells(inPages)];
  const { out } = await serve(cells.map(requestLine).join(''));

  const { requested, errors } = await inPage(async (page, origin) => {
    const lines = await page.evaluate(runAll, {
      index: `${origin}/index.js`,
      // All else is equal.
      runtime: { node: process.versions.node },
      cells,
    });
    assert.equal(lines.match(/"kind":"end"/g)?.length, cells.length);
    assert.equal(lines, out);
  });

  assert.deepEqual(errors, []);
  const [page, ...modules] = requested;
  assert.equal(page, '');
  assert.ok(modules.includes('scenarios/save-file.js'), modules.join(' '));
  const allowed = /^(?:index|load|(?:lab|scenarios)\/[\w-]+)\.js$/;
  assert.deepEqual(modules.filter((path) => !allowed.test(path)), [],
    'the page requests nothing else');
});

test('a page loads the programs of one scenario only', { skip }, async () => {
  const { requested } = await inPage(async (page, origin) => {
    await page.evaluate(runAll, {
      index: `${origin}/index.js`, runtime: {},
      cells: [{ scenario: 'receive', variant: 'kept-next', cut: 'none' }],
    });
  });
  assert.deepEqual(requested.filter((path) => path.startsWith('scenarios/')),
    ['scenarios/contracts.js', 'scenarios/receive.js']);
});

test('errors in a page are noticed', { skip }, async () => {
  const { errors } = await inPage(async (page, origin) => {
    await page.evaluate(async ({ index, scenario }) => {
      const { runVirtual } = await import(index);
      await runVirtual({
        ...scenario,
        createWorld: () => ({
          /** @type {(_: unknown, _task: unknown, signal: AbortSignal) => Promise<void>} */
          call: async (_program, _task, signal) => {
            signal.addEventListener('abort', () => {
              throw new Error('listener');
            });
            void Promise.reject(new Error('floating'));
          },
        }),
      }, 'only', { kind: 'instant', ms: 5 });
      console.error('logged');
      await fetch('/scenarios/other.js').catch(() => {});
    }, { index: `${origin}/index.js`, scenario: JSON.parse(JSON.stringify(SCENARIO)) });
  });
  for (const error of [
    /^unhandledrejection: Error: floating$/, /^error: .*listener$/,
    /^console error: logged$/, /^securitypolicyviolation/,
  ]) assert.ok(errors.some((it) => error.test(it)), `${error} in\n${errors.join('\n')}`);
});

test('a Chromium is found by name or by CHROMIUM', async () => {
  assert.equal(findChromium({ CHROMIUM: '/some/where', PATH: '' }), '/some/where');
  assert.equal(findChromium({ PATH: '/nowhere' }), undefined);
  assert.equal(findChromium({}), undefined);
});
