// The HTML of the playground: templates, filled with what was recorded.

import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { embedParts, fallbackOf } from './embed.js';
import { renamed } from './renamed.js';
import { escaped, fill, templates } from './template.js';
import { gallery, startHere } from './gallery.js';
import { key, legend } from './legend.js';
import { signs } from './picture.js';
import { measuredCosts } from './measured.js';
import { programs } from './programs.js';

/** @import { Bundle } from '../element/types.js' */

const WEB = new URL('../', import.meta.url);
const DIST = new URL('dist/', WEB);

/** The one on the first page. */
const FIRST = 'save-file';

const AS_THEY_ARE = ['site.css', 'icon.svg', 'post.html', 'post.css'];

/** @returns {import('vite').Plugin} */
export const sitePages = () => ({
  name: 'droppoint-site',
  apply: 'build',
  async writeBundle() {
    const go = await goSize();
    const ids = await readFile(new URL('../scenarios/ids.txt', WEB), 'utf8');
    const costs = await measuredCosts();
    const bundles = inOrder(await recorded(), ids);
    const old = renamed(ids, bundles.map(({ id }) => id));
    for (const bundle of bundles) {
      const { id, title, question, about } = bundle;
      const parts = embedParts(id, bundle.programs);
      await write(`data/${id}.embed.json`, JSON.stringify(parts));
      const values = {
        id, heading: title, about: [about, clients(bundle)].join(' ').trim(), ...go, legend: legend(), key: key(bundle), element: await fallbackOf(id),
        sources: bundle.reading.map(source).join('\n'),
        signs: signs(), programs: programs(bundle, costs), when: escaped(when(bundle)),
        steps: bundle.steps.map(step).join('\n'),
        places: Object.entries(bundle.places).map(place).join('\n'),
        footer: footer(bundle),
      };
      // An old id has a page of its own, because a redirect might lose the part
      // after `#`.
      for (const name of [id, ...old.filter(([, now]) => now === id).map(([was]) => was)]) {
        await page('scenario.html', `s/${name}/index.html`, {
          ...values, up: '../../', title: `${id} · droppoint`, description: `${title} ${question}`,
        });
      }
      if (id === FIRST) {
        await page('landing.html', 'index.html', {
          ...values, ...parted(values.about), gallery: gallery(bundles), start: startHere(bundles), up: '', title: 'droppoint: what happens when a future is dropped',
          description: 'One program in Rust, Go and JavaScript, cancelled at the moment that you choose.',
        });
      }
    }
    for (const file of AS_THEY_ARE) {
      await copyFile(new URL(`site/${file}`, WEB), new URL(file, DIST));
    }
  },
});

/** @returns {Promise<Bundle[]>} */
async function recorded() {
  const from = new URL('data/', WEB);
  const files = (await readdir(from)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(new URL(file, from), 'utf8'))));
}

/**
 * As the catalogue has them, oldest first.
 * @param {Bundle[]} bundles
 * @param {string} ids the text of scenarios/ids.txt
 */
function inOrder(bundles, ids) {
  const lines = ids.split('\n').map((line) => line.trim());
  return bundles.toSorted((one, other) => lines.indexOf(one.id) - lines.indexOf(other.id));
}

/**
 * What the cut is, in a sentence.
 * @param {Bundle} bundle
 */
function when({ who, event }) {
  if (who === 'client') return 'The client leaves and waits for no answer.';
  if (who === 'inside') return `At some moment ${event ?? 'the event comes'}; nothing is cancelled from outside.`;
  return 'The caller gives up: in Rust it drops the future, in Go and JavaScript it waits until the function has returned.';
}

/**
 * Whose are the letters in what follows.
 * @param {Bundle} bundle
 */
function clients({ who, caller, probes }) {
  if (who !== 'client' || !probes.length) return '';
  return `The client that leaves is ${caller}; the next ${probes.length > 1 ? 'clients are' : 'client is'} ${probes.join(' and ')}.`;
}

/**
 * A phone has room for a sentence before what it is about.
 * @param {string} text
 */
function parted(text) {
  const end = text.indexOf('. ') + 1;
  return { first: text.slice(0, end), rest: text.slice(end + 1) };
}

/** @param {Bundle['steps'][number]} step */
const step = ({ n, title }) => `<li value="${n}">${escaped(title)}</li>`;

/** @param {[string, Bundle['places'][string]]} place */
const place = ([name, { about }]) => `<dt>${escaped(name)}</dt><dd>${escaped(about)}</dd>`;

/**
 * What the button for the Go programs says, and what progress is measured by.
 * Where they were not built, there is no button.
 */
async function goSize() {
  try {
    const wasm = await readFile(new URL('go/droppoint.wasm', DIST));
    const packed = (gzipSync(wasm, { level: 9 }).length / 1e6).toFixed(1);
    return { goSize: String(wasm.length), goPacked: ` (${packed} MB)` };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    return { goSize: '', goPacked: '' };
  }
}

/** @param {{ title: string, url: string }} reading */
const source = ({ title, url }) => `<li><a href="${escaped(url)}">${escaped(title)}</a></li>`;

/** As their makers write them. @type {Record<string, string>} */
const NAMES = { go: 'Go', node: 'Node' };

/** @param {Bundle} bundle */
function footer({ runtime }) {
  const versions = Object.values(runtime).flatMap((own) => Object.entries(own))
    .map(([name, version]) => `${NAMES[name] ?? name} ${version}`);
  return `<p>Recorded with ${escaped(versions.join(', '))}. Every cell is a recorded run.</p>`;
}

/**
 * @param {string} template
 * @param {string} to
 * @param {Record<string, string>} values those that are not HTML are escaped here
 */
async function page(template, to, values) {
  const parts = await templates(new URL('site/parts/', WEB));
  const text = await readFile(new URL(`site/${template}`, WEB), 'utf8');
  const safe = { ...values };
  for (const name of ['id', 'heading', 'about', 'title', 'description']) safe[name] = escaped(values[name]);
  await write(to, fill(text, { ...parts, ...safe }, template));
}

/**
 * @param {string} path
 * @param {string} text
 */
async function write(path, text) {
  const to = new URL(path, DIST);
  await mkdir(new URL('./', to), { recursive: true });
  await writeFile(to, text);
}
