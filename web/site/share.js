// "Copy link" and "Copy embed code", for the rows and the cut that are shown.
// The embed code is what `droppoint embed` prints, put together from its pieces.

import { fetchJson } from '../element/assets.js';
import { fullName } from '../element/attributes.js';
import { byId, part, why } from './page.js';

/** @import { Shown } from './shown.js' */

/**
 * The pieces of one scenario: what loads the element before and after it, a
 * table's head, a row for each program, its tail.
 * @typedef {{ before: string, head: string, rows: Record<string, string>, tail: string, after: string }} Embed
 */

/**
 * @param {Shown} shown
 * @param {() => string} address of the page, with what is shown
 */
export function shareButtons(shown, address) {
  const says = byId('share-says');
  const code = byId('embed-code');
  const text = /** @type {HTMLTextAreaElement} */ (code.querySelector('textarea'));
  byId('share').hidden = false;

  shown.onAny(() => {
    code.hidden = true;
    says.textContent = '';
  });
  part('button', 'link-copy').addEventListener('click', async () => {
    const link = address();
    says.textContent = await copied(link) ? 'The link is copied.' : `This browser does not let a page copy. The link: ${link}`;
  });
  part('button', 'embed-copy').addEventListener('click', async () => {
    try {
      const pieces = await fetchJson(`data/${shown.bundle.id}.embed.json`, 'The embed code');
      text.value = embedCode(pieces, shown);
    } catch (error) {
      says.textContent = why(error);
      return;
    }
    code.hidden = false;
    if (await copied(text.value)) {
      says.textContent = 'The embed code is copied.';
    } else {
      text.focus();
      text.select();
      says.textContent = 'This browser does not let a page copy; the code is selected below.';
    }
  });
}

/** @param {string} text */
const copied = (text) => navigator.clipboard.writeText(text).then(() => true, () => false);

/**
 * @param {Embed} pieces
 * @param {Pick<Shown, 'bundle' | 'programs' | 'cell' | 'cut'>} shown
 */
function embedCode({ before, head, rows, tail, after }, { bundle, programs, cell, cut }) {
  const names = programs.map(fullName);
  const at = cut === 'none' ? '' : ` cancel-at="${cut}"`;
  const table = names.map((name) => (at ? strong(rows[name], cell) : rows[name]));
  return `${before}<drop-point scenario="${bundle.id}" programs="${names.join(' ')}"${at}>`
    + head + table.join('') + tail + after;
}

/**
 * Marks the cell of the cut, the first being that after the row's head.
 * @param {string} row
 * @param {number} cell
 */
function strong(row, cell) {
  let at = -1;
  return row.replace(/<td>(.*)<\/td>/g, (whole, text) => {
    at += 1;
    return at === cell ? `<td><strong>${text}</strong></td>` : whole;
  });
}
