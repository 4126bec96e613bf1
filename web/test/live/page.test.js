// The live part in a real browser, from static files and without a build.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { all, native } from './support/native.js';
import { BUILT, closeBrowser, inPage, WITHOUT_WASM } from './support/page.js';

/** @import { Page } from '@playwright/test' */

after(closeBrowser);

const BUNDLES = await all();

/**
 * Runs programs in the page.
 * @param {Page} page
 * @param {string} live
 * @param {string[][]} asked scenario, language, variant, cut
 * @returns {Promise<{ run?: any, ndjson?: string, error?: string }[]>}
 */
function runHere(page, live, asked) {
  return page.evaluate(async (/** @type {[string, string[][]]} */ [live, asked]) => {
    const { runHere } = await import(live);
    const found = [];
    for (const request of asked) {
      found.push(await runHere(...request).catch(
        (/** @type {unknown} */ error) => ({ error: `${error}` }),
      ));
    }
    return found;
  }, /** @type {[string, string[][]]} */ ([live, asked]));
}

/**
 * @typedef {object} Asked
 * @property {string[]} asked scenario, language, variant, cut
 * @property {string} verdict
 * @property {string[]} digests the recorded one first, then those that chance may bring
 */

/**
 * Every recorded cell of a language, of every scenario, that a page can run.
 * @param {string} language
 * @returns {Asked[]}
 */
function cells(language) {
  return BUNDLES.flatMap(({ id, cells, programs }) => programs
    .filter((program) => program.language === language && program.in_page !== false)
    .flatMap(({ name, runs, chance = [] }) => runs.map(({ verdict, digest }, at) => ({
      asked: [id, language, name, cells[at].cut],
      verdict,
      digests: [digest, ...chance.filter(({ cell }) => cell === at).flatMap((one) => one.digests)],
    }))));
}

/**
 * @param {{ run?: any, error?: string }[]} found
 * @param {Asked[]} wanted
 */
function asRecorded(found, wanted) {
  const scenarios = new Set(wanted.map(({ asked }) => asked[0]));
  assert.equal(scenarios.size, BUNDLES.length);
  for (const [i, { asked, verdict, digests }] of wanted.entries()) {
    const { run, error } = found[i];
    assert.ok(digests.includes(run?.digest), `${asked}: ${error ?? run.digest} is none of ${digests}`);
    if (run.digest === digests[0]) assert.equal(run.verdict, verdict, `${asked}`);
  }
}

test('Rust: as recorded, and the bytes of the native runner', async () => {
  const all = cells('rust');
  const heard = await inPage(async (page, live) => {
    const found = await runHere(page, live, all.map(({ asked }) => asked));
    asRecorded(found, all);
    // That all of them are the native bytes is tested without a page.
    for (const [i, { asked: [scenario, language, variant, cut] }] of all.entries()) {
      if (scenario !== 'save-file' || variant !== 'naive') continue;
      assert.equal(found[i].ndjson, await native(scenario, `${language}/${variant}`, cut), cut);
    }
  });
  assert.deepEqual(heard, []);
});

test('JavaScript: as recorded, and no error handler of the page is called', async () => {
  const all = cells('js');
  const heard = await inPage(async (page, live) => {
    const found = await runHere(page, live, all.map(({ asked }) => asked));
    asRecorded(found, all);
    assert.match(found[0].ndjson ?? '', /"runtime":\{"browser":"Chromium \d+"\}/);
  });
  assert.deepEqual(heard, []);
});

test('Go: loaded with progress, then as recorded, each run in a worker of its own', async () => {
  const all = cells('go');
  const heard = await inPage(async (page, live) => {
    const before = await page.evaluate(async (live) => {
      const { capabilities, loadGo, offerGo, runHere } = await import(live);
      /** @type {any[]} */
      const states = [capabilities.go];
      states.push(await runHere('save-file', 'go', 'naive', 'none')
        .catch((/** @type {Error} */ error) => error.message));
      const at = (/** @type {string} */ name) => new URL(`../pkg/go/${name}`, live);
      offerGo({ url: at('droppoint.wasm'), exec: at('wasm_exec.js') });
      states.push(capabilities.go);
      /** @type {[number, number][]} */
      const progress = [];
      const loading = loadGo((/** @type {number} */ done, /** @type {number} */ total) => {
        progress.push([done, total]);
      });
      states.push(capabilities.go);
      await loading;
      states.push(capabilities.go);
      return { states, first: progress[0], last: progress.at(-1), steps: progress.length };
    }, live);
    assert.deepEqual(before.states, [
      'absent', 'The Go programs are not loaded yet.', 'loadable', 'loading', 'ready',
    ]);
    const [, size] = before.first;
    assert.ok(size > 1e6, `${size} bytes`);
    assert.deepEqual([before.first, before.last], [[0, size], [size, size]]);
    assert.ok(before.steps > 2, `${before.steps} steps of progress`);

    const found = await runHere(page, live, all.map(({ asked }) => asked));
    asRecorded(found, all);
  });
  assert.deepEqual(heard, []);
});

test('what is shipped does the same in all three languages', async () => {
  const all = ['rust', 'go', 'js'].flatMap((language) => cells(language));
  const heard = await inPage(async (page, live) => {
    await page.evaluate(async (live) => {
      const { loadGo, offerGo } = await import(live);
      const at = (/** @type {string} */ name) => new URL(`go/${name}`, live);
      offerGo({ url: at('droppoint.wasm'), exec: at('wasm_exec.js') });
      await loadGo(() => {});
    }, live);
    const found = await runHere(page, live, all.map(({ asked }) => asked));
    asRecorded(found, all);
  }, { live: BUILT });
  assert.deepEqual(heard, []);
});

test('loading Go can be aborted and started again', async () => {
  await inPage(async (page, live) => {
    const states = await page.evaluate(async (live) => {
      const { capabilities, loadGo, offerGo } = await import(live);
      const at = (/** @type {string} */ name) => new URL(`../pkg/go/${name}`, live);
      offerGo({ url: at('droppoint.wasm'), exec: at('wasm_exec.js') });
      const controller = new AbortController();
      const given = await loadGo(() => controller.abort(), controller.signal)
        .catch((/** @type {Error} */ error) => error.name);
      const after = capabilities.go;
      await loadGo(() => {});
      return [given, after, capabilities.go];
    }, live);
    assert.deepEqual(states, ['AbortError', 'loadable', 'ready']);
  });
});

test('simultaneous requests for Go share one download', async () => {
  await inPage(async (page, live) => {
    let asked = 0;
    page.on('request', (request) => { if (request.url().endsWith('go/droppoint.wasm')) asked += 1; });
    const found = await page.evaluate(async (live) => {
      const { capabilities, loadGo, offerGo } = await import(live);
      const at = (/** @type {string} */ name) => new URL(`../pkg/go/${name}`, live);
      offerGo({ url: at('droppoint.wasm'), exec: at('wasm_exec.js') });
      /** @type {number[]} */
      const heard = [0, 0];
      const leaves = new AbortController();
      const both = [
        loadGo(() => { heard[0] += 1; leaves.abort(); }, leaves.signal),
        loadGo(() => { heard[1] += 1; }),
      ];
      const [first, second] = await Promise.allSettled(both);
      const one = first.status === 'rejected' ? first.reason.name : 'loaded';
      return { one, two: second.status, heard, state: capabilities.go };
    }, live);
    assert.deepEqual([found.one, found.two, found.state], ['AbortError', 'fulfilled', 'ready']);
    // Who has left hears nothing more.
    assert.equal(found.heard[0], 1);
    assert.ok(found.heard[1] > 2, `${found.heard[1]} steps of progress`);
    assert.equal(asked, 1);
  });
});

test('programs of another version: a sentence', async () => {
  await inPage(async (page, live) => {
    await page.route('**/droppoint.js', async (route) => {
      const body = await (await route.fetch()).text();
      const old = body.replace(/(export function versions\(\) \{)/, "$1 return { schema: '0' };");
      assert.notEqual(old, body);
      await route.fulfill({ body: old, contentType: 'text/javascript' });
    });
    const [{ error }] = await runHere(page, live, [['save-file', 'rust', 'naive', '5ms']]);
    assert.match(error ?? '', /speak version 0 of the protocol and this page 1: reload it\.$/);
  });
});

test('WebAssembly that is of another build: a sentence', async () => {
  await inPage(async (page, live) => {
    await page.route('**/droppoint_bg.wasm', (route) => route.fulfill({
      body: Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), contentType: 'application/wasm',
    }));
    const [{ error }] = await runHere(page, live, [['save-file', 'rust', 'naive', '5ms']]);
    assert.match(error ?? '', /damaged, or of another version than this page: reload it\.$/);
  });
});

test('where the page allows no WebAssembly: a sentence', async () => {
  await inPage(async (page, live) => {
    const found = await runHere(page, live, [
      ['save-file', 'rust', 'naive', 'none'], ['save-file', 'js', 'naive', 'none'],
    ]);
    for (const { error } of found) {
      assert.match(error ?? '', /^Error: .*this page or this browser does not allow WebAssembly\.$/);
    }
  }, { csp: WITHOUT_WASM });
});

test('offline: a sentence, and a second try when there is a connection again', async () => {
  await inPage(async (page, live) => {
    await page.evaluate((live) => import(live), live);
    await page.context().setOffline(true);
    const asked = [['save-file', 'rust', 'naive', '5ms']];
    const [{ error }] = await runHere(page, live, asked);
    assert.match(error ?? '', /there is no connection/);
    await page.context().setOffline(false);
    const [{ run }] = await runHere(page, live, asked);
    assert.equal(run?.verdict, 'broken');
  });
});

test('a wrong MIME type is accepted', async () => {
  await inPage(async (page, live) => {
    const [{ run, error }] = await runHere(page, live, [['save-file', 'rust', 'naive', '5ms']]);
    assert.equal(run?.verdict, 'broken', error);
  }, { types: { wasm: 'application/octet-stream' } });
});

test('unknown names: a message for each', async () => {
  await inPage(async (page, live) => {
    const found = await runHere(page, live, [
      ['save', 'rust', 'naive', 'none'], ['save-file', 'rust', 'naiv', 'none'],
      ['save', 'js', 'naive', 'none'], ['save-file', 'js', 'naiv', 'none'],
      ['save-file', 'js', 'naive', '5'], ['save-file', 'perl', 'naive', 'none'],
      ['save-file', 'toString', 'naive', 'none'],
    ]);
    const sentences = [
      /No scenario `save` in Rust/, /No variant `naiv`/, /No scenario `save`/, /No variant `naiv`/,
      /invalid cut `5`/i, /no language “perl”/, /no language “toString”/,
    ];
    for (const [i, { error }] of found.entries()) {
      assert.match(error ?? '', sentences[i]);
      assert.match(error ?? '', /\.$/);
    }
  });
});
