// What a page loads on the first touch, beside the most that it may.

import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const DIST = new URL('../dist/', import.meta.url);

/** KB with gzip: Rust, judge and JavaScript, once for a page; and Go. */
const MOST = { live: 90, go: 1200 };

await report('Rust, judge, JavaScript', ['live.js', ...await inside('live/')], MOST.live);
await report('Go', await inside('go/'), MOST.go);

/**
 * @param {string} name
 * @param {string[]} files
 * @param {number} most
 */
async function report(name, files, most) {
  let [raw, packed] = [0, 0];
  for (const file of files) {
    const content = await readFile(new URL(file, DIST));
    const small = gzipSync(content, { level: 9 }).length;
    console.log(`  ${file}: ${kb(content.length)} KB, ${kb(small)} KB with gzip`);
    raw += content.length;
    packed += small;
  }
  if (files.length === 0) return;
  const over = packed / 1000 - most;
  const verdict = over > 0 ? `${over.toFixed(0)} KB over` : 'within';
  console.log(`${name}: ${kb(raw)} KB, ${kb(packed)} KB with gzip (${verdict} the ${most} KB)`);
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function inside(folder) {
  try {
    return (await readdir(new URL(folder, DIST))).map((name) => folder + name);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return [];
    throw error;
  }
}

/** @param {number} bytes */
function kb(bytes) {
  return (bytes / 1000).toFixed(1);
}
