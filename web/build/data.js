// Writes the recorded data and the highlighted code beside the element.

import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { codeOf } from './code.js';
import { renamed } from './renamed.js';

const FROM = new URL('../data/', import.meta.url);
const TO = new URL('../dist/data/', import.meta.url);
const IDS = new URL('../../scenarios/ids.txt', import.meta.url);

/** @returns {import('vite').Plugin} */
export const copyData = () => ({
  name: 'droppoint-data',
  apply: 'build',
  async writeBundle() {
    await mkdir(TO, { recursive: true });
    const ids = (await readdir(FROM))
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .sort();
    await writeFile(new URL('ids.json', TO), JSON.stringify(ids));
    for (const id of ids) {
      const file = `${id}.json`;
      await copyFile(new URL(file, FROM), new URL(file, TO));
      const bundle = JSON.parse(await readFile(new URL(file, FROM), 'utf8'));
      const code = JSON.stringify(await codeOf(bundle));
      await writeFile(new URL(`${id}.code.json`, TO), code);
    }
    for (const [old, id] of renamed(await readFile(IDS, 'utf8'), ids)) {
      await writeFile(new URL(`${old}.json`, TO), JSON.stringify({ renamed: id }));
    }
    await copyFile(new URL('../element/page.css', import.meta.url), new URL('../drop-point.css', TO));
  },
});
