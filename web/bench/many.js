// Thirty embeds on a page, scrolled through from top to bottom.

import { chromium } from '@playwright/test';
import { FLAGS, chromium as executable } from '../test/browser.js';
import { CSS, THIRTY, html } from '../test/element/pages.js';
import { serve } from '../test/static.js';
import { WATCH } from '../test/watch.js';
import { resultLine } from './result-line.js';

/** The median is reported: other programs use the machine as well. */
const ROUNDS = 3;

/** @import { Seen } from '../test/watch.js' */

/** @type {Record<string, import('../test/static.js').Answer>} */
const OWN = {
  '/thirty': { body: html({ body: THIRTY }), headers: { 'content-type': 'text/html' } },
  '/page.css': { body: CSS, headers: { 'content-type': 'text/css' } },
};

const { origin, close } = await serve((path) => OWN[path]);
const browser = await chromium.launch({ executablePath: executable(), args: FLAGS });
try {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measured());
  const [{ shift, nodes }] = rounds;
  const longest = rounds.map(({ long }) => Math.max(0, ...long)).sort((a, b) => a - b);
  console.log('30 embeds on a page:');
  console.log(resultLine('layout shift', shift, 0));
  console.log(resultLine('the longest task, where there is one over 50 ms:', longest[ROUNDS >> 1], 50, 'ms'));
  console.log(resultLine('nodes in each before touch', nodes, 250));
} finally {
  await browser.close();
  close();
}

async function measured() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(WATCH);
  await page.goto(`${origin}/thirty`);
  const all = page.locator('drop-point');
  for (let at = 0; at < await all.count(); at++) {
    await all.nth(at).scrollIntoViewIfNeeded();
    await all.nth(at).getByRole('slider').waitFor();
  }
  const nodes = await all.evaluateAll((found) => Math.max(...found.map((one) =>
    (one.shadowRoot?.querySelectorAll('*').length ?? 0) + one.querySelectorAll('*').length)));
  const seen = await page.evaluate(() => /** @type {Seen} */ (/** @type {any} */ (window).seen));
  await page.close();
  return { ...seen, nodes };
}
