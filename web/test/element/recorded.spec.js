// What is shown is what was recorded: every program at every cell.

import { bundle, embed, expect, test } from './host.js';

const WORDS = {
  stuck: 'stuck', broken: 'broken', lost: 'lost', leaked: 'leaked',
  finished: 'finished anyway', clean: 'clean', done: 'already done',
};

test('every cell says the verdict, the words and the sentences of its run', async ({ page, host }) => {
  const { programs, cells } = await bundle();
  await host.open();
  await expect(page.getByRole('slider')).toBeVisible();
  for (const program of programs) {
    const name = `${program.language}/${program.name}`;
    const shown = await page.evaluate(async ({ name, cuts }) => {
      const element = /** @type {any} */ (document.querySelector('drop-point'));
      element.programs = name;
      const all = [];
      for (const cut of cuts) {
        element.cancelAt = cut;
        // Attributes set in one turn are one change.
        await new Promise((resolve) => setTimeout(resolve));
        const text = (/** @type {string} */ of) => element.shadowRoot.querySelector(of)?.textContent ?? '';
        all.push({
          column: element.shadowRoot.querySelector('input[type=range]').getAttribute('aria-valuetext').split('. ')[0],
          word: text('.verdict .word'), words: text('.verdict small'), says: text('.says'),
        });
      }
      return all;
    }, { name, cuts: cells.map(({ cut }) => cut) });

    shown.forEach(({ column, word, words, says }, at) => {
      const run = program.runs[at];
      // Later cells where nothing changes are one with "nobody leaves".
      const uncut = column === 'nobody leaves';
      if (uncut) expect(run.verdict, `${name} at ${cells[at].cut}`).toBe('done');
      expect(word, `${name} at ${cells[at].cut}`).toBe(uncut ? run.told : WORDS[run.verdict]);
      expect(words).toBe(run.words);
      if (!uncut) for (const sentence of run.sentences) expect(says).toContain(sentence);
    });
  }
});

test('the world pane shows the world of the recording', async ({ page, host }) => {
  const { programs, cells } = await bundle();
  await host.open({ body: embed('view="run" cancel-at="505ms"') });
  const cell = cells.findIndex(({ cut }) => cut === '510ms');
  for (const [at, language] of /** @type {const} */ ([[0, 'rust'], [1, 'go'], [2, 'js']])) {
    await page.getByRole('radio').nth(at).check();
    const run = programs.find((one) => one.language === language && one.name === 'naive')?.runs[cell];
    const tables = page.getByRole('table');
    await expect(tables).toHaveCount(2);
    for (const [nth, world] of [run?.at_cut, run?.end].entries()) {
      for (const [place, state] of Object.entries(world ?? {})) {
        const row = tables.nth(nth).getByRole('row').filter({ has: page.getByRole('rowheader', { name: place, exact: true }) });
        const items = 'map' in state ? Object.keys(state.map) : 'set' in state ? state.set : undefined;
        const text = await row.getByRole('cell').allInnerTexts();
        const held = text.filter((one) => one && !one.startsWith('no ') && one !== 'empty');
        expect(held, `${language} ${place}`).toEqual(items ?? ['flag' in state && state.flag ? 'held' : 'free']);
      }
    }
  }
});

test('the lanes show what was dropped and what went on', async ({ page, host }) => {
  await host.open({ body: embed('view="run" cancel-at="505ms"') });
  const lane = page.locator('.group .lane > svg');
  await expect(lane.nth(0)).toHaveAccessibleName(/510 ms: The client leaves, dropped/);
  await expect(lane.nth(1)).toHaveAccessibleName(/waiting until 1010 ms.*1010 ms: index \+a/);
  // Go on after the cut is drawn in another texture than the rest.
  await expect(page.locator('.group').nth(0).locator('.after')).toHaveCount(0);
  await expect(page.locator('.group').nth(1).locator('.after')).toHaveCount(1);
});

test('the code is the source, with the step of the cell marked', async ({ page, host }) => {
  await host.open({ body: embed('view="code" cancel-at="5ms"') });
  const marked = page.locator('[aria-current=step]');
  await expect(marked).toContainText('fs::write(&path, &upload.text).at(2).await?;');
  await page.getByRole('slider').press('ArrowRight');
  await expect(marked).toContainText('sleep(store.lag).at(3).await;');
  await page.getByRole('radio', { name: 'Go' }).check();
  await expect(marked).toContainText('trace.At(ctx, 3)');
  await page.getByRole('radio', { name: 'JavaScript' }).check();
  await expect(marked).toContainText('await at(3, sleep(lag));');
});
