// Prints the sizes of what a page loads, and their budgets.

import { readFile, readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { resultLine } from '../bench/result-line.js';

const DIST = new URL('../dist/', import.meta.url);

/** KB with gzip. */
const MOST = { script: 12, data: 8, live: 200, go: 1350 };

/** KB with gzip that were reached on the way to a target that is missed. */
const REACHED = { live: 310 };

await report('before touch, the script', await these(['drop-point.js']), MOST.script);
for (const file of await inside('data/')) {
  if (file !== 'data/ids.json' && /^data\/[\w-]+\.json$/.test(file)) {
    await report(`before touch, ${file}`, [file], MOST.data);
  }
}
const live = await inside('live/');
const isContract = (/** @type {string} */ file) => file.endsWith('.json');
// A reader's first touch loads one contract: the largest stands for it.
const contract = (await bySize(live.filter(isContract))).slice(-1);
await report('on the first touch: Rust, judge, JavaScript', [
  ...await these(['live.js']), ...live.filter((file) => !isContract(file)), ...contract,
], MOST.live, REACHED.live);
await report('when asked for: Go', await inside('go/'), MOST.go);

/**
 * @param {string} name
 * @param {string[]} files
 * @param {number} most
 * @param {number} [reached] more is an error
 */
async function report(name, files, most, reached = most) {
  if (files.length === 0) return;
  let [raw, packed] = [0, 0];
  for (const file of files) {
    const content = await readFile(new URL(file, DIST));
    const small = gzipSync(content, { level: 9 }).length;
    if (files.length > 1) console.log(`  ${file}: ${kb(content.length)} KB, ${kb(small)} KB with gzip`);
    raw += content.length;
    packed += small;
  }
  console.log(resultLine(`${name}: ${kb(raw)} KB, with gzip`, packed / 1000, most, 'KB'));
  if (packed / 1000 > reached) {
    console.error(`${name}: ${kb(packed)} KB with gzip, and ${reached} KB were reached before: find what grew, or raise REACHED in build/sizes.js and say why.`);
    process.exitCode = 1;
  }
}

/** @param {string[]} files */
async function bySize(files) {
  const sizes = await Promise.all(files.map(async (file) => (await readFile(new URL(file, DIST))).length));
  const size = (/** @type {string} */ file) => sizes[files.indexOf(file)];
  return files.toSorted((one, other) => size(one) - size(other));
}

/**
 * Those of the files that were built.
 * @param {string[]} files
 */
async function these(files) {
  const all = await inside('');
  return files.filter((file) => all.includes(file));
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function inside(folder) {
  try {
    return (await readdir(new URL(folder, DIST))).sort().map((name) => folder + name);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return [];
    throw error;
  }
}

/** @param {number} bytes */
function kb(bytes) {
  return (bytes / 1000).toFixed(1);
}
