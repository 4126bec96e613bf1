// Fills `{{names}}` in HTML.

import { readFile, readdir } from 'node:fs/promises';

/**
 * Files that other templates take in, by name.
 * @param {URL} folder
 */
export async function templates(folder) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const file of await readdir(folder)) {
    found[file.replace(/\.html$/, '')] = (await readFile(new URL(file, folder), 'utf8')).trimEnd();
  }
  return found;
}

/**
 * @param {string} text
 * @param {Record<string, string>} values which may hold names themselves
 * @param {string} file for the error
 * @returns {string}
 */
export function fill(text, values, file) {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => {
    if (!(name in values)) throw new Error(`${file}: nothing is called {{${name}}}`);
    return fill(values[name], values, file);
  });
}

/** @param {string} text */
export const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
