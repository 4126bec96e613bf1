// The handle is moved, by key and by pointer; how long until the frame that
// shows it is painted, and until the panes, which follow a frame behind, are?
// On the playground's own page, which does the most.

import { chromium } from '@playwright/test';
import { FLAGS, chromium as executable } from '../test/browser.js';
import { serve } from '../test/static.js';
import { percentile, traced } from './latency.js';
import { resultLine } from './result-line.js';

/** @import { Browser, Page } from '@playwright/test' */
/** @import { Latency } from './latency.js' */
/** @typedef {{ moves: Latency[], panes: number[] }} Round */

/** By how much the processor is slowed down, and the most milliseconds then. */
const FAST = { slower: 1, most: 16 };
const SLOW = { slower: 4, most: 50 };

const ROUNDS = 3;
const MOVES = 200;
/** Until the engine has compiled what moves. */
const WARM = 50;

const KEYS = ['ArrowLeft', 'ArrowLeft', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft'];

const KEY = { type: 'KEY_PRESSED', begin: keys };
const POINTER = { type: 'MOUSE_DRAGGED', begin: pointer };

/**
 * @typedef {object} Way
 * @property {string} name
 * @property {number} width
 * @property {'run' | 'code'} view
 * @property {string} type as the trace calls the input
 * @property {(page: Page) => Promise<(nth: number) => Promise<void>>} begin gives what makes a move
 * @property {{ slower: number, most: number }[]} at
 */

/** @type {Way[]} */
const WAYS = [
  { name: 'keys, lanes and world open', width: 1280, view: 'run', ...KEY, at: [FAST, SLOW] },
  { name: 'pointer, lanes and world open', width: 1280, view: 'run', ...POINTER, at: [FAST, SLOW] },
  { name: 'keys, code open', width: 1280, view: 'code', ...KEY, at: [FAST] },
  // A phone is the slower machine.
  { name: 'keys, 360 px wide', width: 360, view: 'run', ...KEY, at: [SLOW] },
];

const site = await serve();
const browser = await chromium.launch({ executablePath: executable(), args: FLAGS });
try {
  console.log(`Input to paint when the handle is moved: ${MOVES} moves, the quietest of ${ROUNDS} rounds, 95th percentile.`);
  for (const way of WAYS) {
    for (const { slower, most } of way.at) {
      /** @type {Round[]} */
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push(await measured(browser, way, slower));
      report(`${way.name}${slower > 1 ? `, processor ${slower} times slower` : ''}:`, rounds, most);
    }
  }
} finally {
  await browser.close();
  site.close();
}

/**
 * @param {string} name
 * @param {Round[]} rounds
 * @param {number} most
 */
function report(name, rounds, most) {
  const at = (/** @type {Round} */ { moves }) => percentile(moves.map(({ painted }) => painted), 0.95);
  const [best] = rounds.toSorted((a, b) => at(a) - at(b));
  const quiet = best.moves;
  console.log(resultLine(name, at(best), most, 'ms'));
  const ms = (/** @type {number} */ number) => number.toFixed(1);
  const shown = quiet.map((one) => one.shown);
  console.log(`  median ${ms(percentile(quiet.map(({ painted }) => painted), 0.5))} ms; rounds ${rounds.map((round) => ms(at(round))).join(', ')} ms; `
    + `on the display, which is redrawn every 16.7 ms: median ${ms(percentile(shown, 0.5))}, 95th percentile ${ms(percentile(shown, 0.95))} ms; `
    + `the panes are painted, waits included: median ${ms(percentile(best.panes, 0.5))}, 95th percentile ${ms(percentile(best.panes, 0.95))} ms`);
}

/**
 * @param {Browser} browser
 * @param {Way} way
 * @param {number} slower
 */
async function measured(browser, { width, view, type, begin }, slower) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  try {
    await page.goto(`${site.origin}/s/save-file/`);
    const slider = page.getByRole('slider');
    await slider.press('ArrowLeft');
    await page.getByText('ran in this page: same as recorded').waitFor();
    if (view === 'code') {
      await page.getByRole('button', { name: 'Code', exact: true }).click();
      await page.locator('.code .line').first().waitFor();
    }
    const client = await page.context().newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: slower });
    await slider.focus();
    const move = await begin(page);
    for (let nth = 0; nth < WARM; nth++) await paced(page, () => move(nth));
    await page.evaluate(watchPanes);
    const moves = await traced(browser, type, async () => {
      for (let nth = 0; nth < MOVES; nth++) await paced(page, () => move(nth));
    });
    const panes = await page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (window).panes));
    for (const [found, where] of /** @type {const} */ ([[moves, 'in the trace'], [panes, 'in the panes']])) {
      if (found.length < MOVES * 0.9) throw new Error(`${found.length} of ${MOVES} moves (${type}) are ${where}`);
    }
    return { moves, panes };
  } finally {
    await page.close();
  }
}

/** In the page: from each input until the panes are painted anew, in ms. */
function watchPanes() {
  const root = document.querySelector('drop-point')?.shadowRoot;
  const [slider, pane] = ['input[type=range]', '.pane'].map((part) => root?.querySelector(part));
  if (!slider || !pane) throw new Error('there is no pane');
  /** @type {number[]} */
  const panes = [];
  Object.assign(window, { panes });
  let begun = 0;
  const watch = new MutationObserver(() => {
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => panes.push(performance.now() - begun)));
  });
  slider.addEventListener('input', (event) => {
    begun = event.timeStamp;
    watch.disconnect();
    watch.observe(pane, { childList: true, subtree: true, attributes: true });
  });
}

/**
 * One move, and a pause of its own length after the page is done with it: in
 * step with the display, all moves would wait equally long for it.
 * @param {Page} page
 * @param {() => Promise<void>} move
 */
async function paced(page, move) {
  await move();
  await page.evaluate((pause) => new Promise((resolve) => {
    // One frame for the handle, one for the panes.
    requestAnimationFrame(() => setTimeout(() => {
      requestAnimationFrame(() => setTimeout(resolve, pause));
    }));
  }), 10 + Math.random() * 17);
}

/** @param {Page} page */
async function keys(page) {
  return (/** @type {number} */ nth) => page.keyboard.press(KEYS[nth % KEYS.length]);
}

/** @param {Page} page */
async function pointer(page) {
  const box = await page.locator('drop-point').getByRole('img', { name: /^Go naive/ }).boundingBox();
  const track = await page.getByRole('slider').boundingBox();
  if (!box || !track) throw new Error('the handle has no place');
  const columns = Number(await page.getByRole('slider').getAttribute('max')) + 1;
  const x = (/** @type {number} */ column) => box.x + (box.width * (column + 0.5)) / columns;
  const y = track.y + track.height / 2;
  await page.mouse.move(x(columns - 2), y);
  await page.mouse.down();
  // There and back.
  const path = [...Array(columns).keys(), ...[...Array(columns).keys()].slice(1, -1).reverse()];
  return (/** @type {number} */ nth) => page.mouse.move(x(path[nth % path.length]), y);
}
