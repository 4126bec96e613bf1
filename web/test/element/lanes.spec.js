// The lanes of every scenario as recorded: words stand apart, and
// inside, and nothing is drawn over them.

import { readFile, readdir } from 'node:fs/promises';
import { PHONE, WIDE, expect, test } from './host.js';

/** @import { Bundle } from '../../element/types.js' */

const DATA = new URL('../../data/', import.meta.url);
/** @type {Bundle[]} */
const bundles = await Promise.all((await readdir(DATA)).sort().map(async (file) =>
  JSON.parse(await readFile(new URL(file, DATA), 'utf8'))));

for (const viewport of [WIDE, PHONE]) {
  for (const { id, cells, programs } of bundles) {
    test(`${id} at ${viewport.width} px: no words on others, none outside, none crossed`, async ({ page, host }) => {
      await page.setViewportSize(viewport);
      await host.open({ body: `<drop-point scenario="${id}" view="run"></drop-point>` });
      await expect(page.locator('.lanes')).toBeVisible();
      const most = Math.max(...['rust', 'go', 'js'].map((language) => programs.filter((one) => one.language === language).length));
      for (let nth = 0; nth < most; nth++) {
        const rows = ['rust', 'go', 'js'].flatMap((language) => programs.filter((one) => one.language === language).slice(nth, nth + 1));
        const names = rows.map((one) => `${one.language}/${one.name}`).join(' ');
        for (const { cut } of cells) {
          const wrong = await page.evaluate(async ([names, cut]) => {
            const element = /** @type {any} */ (document.querySelector('drop-point'));
            element.programs = names;
            element.cancelAt = cut;
            // It is drawn, measured, and drawn again where its room is another.
            for (let frame = 0; frame < 4; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
            const lanes = element.shadowRoot.querySelector('.lanes');
            const { left, right } = lanes.getBoundingClientRect();
            const found = [];
            for (const picture of lanes.querySelectorAll('.lane > svg')) {
              const texts = [...picture.querySelectorAll('text')].map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }));
              for (const [i, one] of texts.entries()) {
                if (one.box.left < left - 2 || one.box.right > right + 2) found.push(`outside: ${one.text}`);
                for (const other of texts.slice(i + 1)) {
                  const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
                  // A line's box is higher than its letters.
                  const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
                  if (across > 1 && down > 5) found.push(`${one.text} on ${other.text}`);
                }
              }
            }
            const words = document.createRange();
            const said = [...lanes.querySelectorAll('text, small')].map((one) => {
              words.selectNodeContents(one);
              return { text: one.textContent, boxes: one.tagName === 'text' ? [one.getBoundingClientRect()] : [...words.getClientRects()] };
            });
            for (const sign of lanes.querySelectorAll('line.cut, .at > *')) {
              const drawn = sign.getBoundingClientRect();
              for (const { text, boxes } of said) {
                const over = boxes.some((box) => drawn.right > box.left + 1 && drawn.left < box.right - 1
                  && Math.min(drawn.bottom, box.bottom) - Math.max(drawn.top, box.top) > 2);
                if (over) found.push(`${text} under a ${sign.tagName}`);
              }
            }
            return found;
          }, [names, cut]);
          expect(wrong, `${names} at ${cut}`).toEqual([]);
        }
      }
    });
  }
}
