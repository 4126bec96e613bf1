// Scenarios may have twenty cells and places of every kind.

import { PHONE, WIDE, bundle, embed, expect, test } from './host.js';
import { widened } from './wide.js';

for (const viewport of [WIDE, PHONE, { width: 320, height: 800 }]) {
  for (const count of [6, 8, 20]) {
    test(`${count} cells at ${viewport.width} px: heads stand apart, and nothing jumps`, async ({ page, host }) => {
      const data = widened(await bundle(), count);
      await page.route('**/data/save-file.json', (route) => route.fulfill({ json: data }));
      await page.setViewportSize(viewport);
      await host.open({ body: `${embed()}<p>What comes after.</p>` });
      const slider = page.getByRole('slider');
      await expect(slider).toHaveAttribute('max', String(count - 1));
      const top = () => page.locator('.sentence').evaluate((node) => node.getBoundingClientRect().top);
      const before = await top();
      await slider.press('Home');
      for (let column = 1; column < count; column++) {
        await slider.press('ArrowRight');
        await expect(slider).toHaveValue(String(column));
        expect(await top(), `the sentence at column ${column}`).toBe(before);
      }
      const spilt = await page.locator('.heads > div').evaluateAll((heads) => heads.flatMap((head) => {
        const { left, right } = head.getBoundingClientRect();
        const range = document.createRange();
        range.selectNodeContents(head);
        const words = [...range.getClientRects()].filter(({ width }) => width > 0);
        return words.filter((it) => it.left < left - 1 || it.right > right + 1).map(() => head.textContent);
      }));
      expect(spilt).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      // However narrow, a cell can be hit.
      const cell = await page.getByRole('img', { name: /^Go naive\. at once/ }).boundingBox();
      await page.mouse.click((cell?.x ?? 0) + ((cell?.width ?? 0) * 2.5) / count, (cell?.y ?? 0) + 20);
      await expect(slider).toHaveValue('2');
    });
  }
}

test('every kind of place is shown with its content', async ({ page, host }) => {
  const data = widened(await bundle(), 20);
  await page.route('**/data/save-file.json', (route) => route.fulfill({ json: data }));
  await host.open({ body: embed('view="run"') });
  await page.getByRole('slider').press('ArrowLeft');
  const { end } = data.programs[0].runs[18];
  const row = (/** @type {string} */ place) =>
    page.getByRole('table', { name: 'in the end' }).getByRole('row').filter({ has: page.getByRole('rowheader', { name: place, exact: true }) });
  for (const [place, state] of Object.entries(end)) {
    const told = 'queue' in state ? state.queue.join(' ')
      : 'number' in state ? String(state.number)
        : 'flag' in state ? (state.flag ? 'held' : 'free')
          : 'map' in state ? Object.keys(state.map).join('') : state.set.join('');
    const cells = (await row(place).getByRole('cell').allInnerTexts()).filter((text) => !text.startsWith('no '));
    expect(cells.join(''), place).toBe(told);
  }
  expect(Object.values(end).map((state) => Object.keys(state)[0]).sort())
    .toEqual(['flag', 'map', 'number', 'queue', 'set']);
});
