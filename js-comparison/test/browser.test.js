// The same modules in a page: the bytes are those of Node, and the page itself
// hears and sees nothing of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findChromium, launch, NO_BROWSER } from './support/browser.js';
import { ownProcess } from '../lab/program.js';
import { allCells } from './support/cells.js';
import { recordedCells } from './support/recorded.js';
import { requestLine, serve } from './support/run.js';
import { serveModules } from './support/static.js';

/** @import { Browser, Page } from 'playwright-core' */
/** @import { Scenario } from '../lab/types.js' */
/** @import { Cell } from './support/cells.js' */

const executable = findChromium(process.env);
// Where everything is to be tested, a missing browser is a failure.
const skip = executable || process.env.CI ? false : NO_BROWSER;

/** @type {(scenario: Scenario<any>, variant: string) => boolean} */
const inPages = (...it) => !ownProcess(...it);

/**
 * Opens a page that writes down all it hears, and gives it to `use`.
 * @param {(page: Page, origin: string) => Promise<void>} use
 * @returns what the page heard and which files it asked for
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
    const asked = [];
    /** @type {string[]} */
    const heard = [];
    page.on('request', (request) => {
      asked.push(request.url().replace(`${origin}/`, ''));
    });
    page.on('console', (message) => {
      heard.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => heard.push(`pageerror: ${error.message}`));
    await page.goto(`${origin}/`);
    await page.evaluate(listen);
    await use(page, origin);
    heard.push(...await page.evaluate('heard'));
    return { asked, heard };
  } finally {
    await browser?.close();
    close();
  }
}

/** In the page: whatever reaches the host's own handlers. */
function listen() {
  /** @type {any} */
  const page = globalThis;
  page.heard = [];
  for (const name of ['error', 'unhandledrejection', 'rejectionhandled',
    'securitypolicyviolation']) {
    page.addEventListener(name, (/** @type {any} */ event) => {
      page.heard.push(`${name}: ${event.message ?? event.reason}`);
    });
  }
}

/**
 * In the page: all these runs, as the lines of the protocol.
 * @param {{ index: string, runtime: Record<string, string>, cells: Cell[] }} asked
 */
async function sweep({ index, runtime, cells }) {
  const { catalogue, formatCut, parseCut, runLines, runVirtual } =
    await import(index);
  let lines = '';
  for (const { scenario: id, variant, cut: text } of cells) {
    const scenario = catalogue.get(id);
    const cut = parseCut(text);
    const outcome = await runVirtual(scenario, variant, cut);
    lines += runLines({
      runtime, scenario: id, variant, who: scenario.who,
      mode: 'virtual', cut: formatCut(cut),
    }, outcome);
  }
  // One more turn: a rejection that nobody handled is heard before this.
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    /** @type {any} */ (port1).onmessage = resolve;
    port2.postMessage(null);
  });
  return lines;
}

test('every variant at every cut: the bytes of Node', { skip }, async () => {
  const cells = [...await allCells(inPages), ...await recordedCells(inPages)];
  const { out } = await serve(cells.map(requestLine).join(''));

  const { asked, heard } = await inPage(async (page, origin) => {
    const lines = await page.evaluate(sweep, {
      index: `${origin}/index.js`,
      // The one thing that differs by right.
      runtime: { node: process.versions.node },
      cells,
    });
    assert.equal(lines.match(/"kind":"end"/g)?.length, cells.length);
    assert.equal(lines, out);
  });

  assert.deepEqual(heard, []);
  const [page, ...modules] = asked;
  assert.equal(page, '');
  assert.ok(modules.includes('scenarios/save-file.js'), modules.join(' '));
  const allowed = /^(?:index|(?:lab|catalogue|scenarios)\/[\w-]+)\.js$/;
  assert.deepEqual(modules.filter((path) => !allowed.test(path)), [],
    'the page asks for these modules and for nothing else');
});

test('planted faults: the page would have heard them', { skip }, async () => {
  const { heard } = await inPage(async (page, origin) => {
    await page.evaluate(async (index) => {
      const { runVirtual } = await import(index);
      /** @type {Scenario<null>} */
      const planted = {
        id: 'planted', who: 'client', caller: 'a', probes: [], steps: {},
        variants: { only: null },
        stage: () => ({
          call: async (_program, _task, signal) => {
            signal.addEventListener('abort', () => {
              throw new Error('listener');
            });
            void Promise.reject(new Error('floating'));
          },
        }),
      };
      await runVirtual(planted, 'only', { kind: 'at', ms: 5 });
      console.error('said');
      await fetch('/scenarios/other.js').catch(() => {});
    }, `${origin}/index.js`);
  });
  for (const fault of [
    /^unhandledrejection: Error: floating$/, /^error: .*listener$/,
    /^console error: said$/, /^securitypolicyviolation/,
  ]) assert.ok(heard.some((it) => fault.test(it)), `${fault} in\n${heard.join('\n')}`);
});

test('a Chromium is found by name or by CHROMIUM', async () => {
  assert.equal(findChromium({ CHROMIUM: '/some/where', PATH: '' }), '/some/where');
  assert.equal(findChromium({ PATH: '/nowhere' }), undefined);
  assert.equal(findChromium({}), undefined);
});
