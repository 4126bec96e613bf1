// The verdicts, drawn as in the element and described in words.

import { SIGNS } from '../element/textures.js';
import { GLYPHS, word } from '../element/verdicts.js';

/** @import { Bundle, Cell, Run, Verdict } from '../element/types.js' */

/** Worst first. @type {[Verdict, string][]} */
const MEANING = [
  ['stuck', 'a caller or one of the next clients waits for ever'],
  ['broken', 'the final state is wrong: a file in no index, two places that differ, money that is missing'],
  ['lost', 'a message or an error was lost'],
  ['leaked', 'a task, goroutine, timer or registration is left over'],
  ['finished', 'all work was done, as if nothing had been cancelled'],
  ['clean', 'nothing is wrong, but not all work was done'],
  ['done', 'the caller had its answer before the cancellation'],
];

export function legend() {
  const cell = /** @type {Cell} */ ({ cut: 'at-once', head: '' });
  return MEANING.map(([verdict, meaning]) => {
    const text = word(/** @type {Run} */ ({ verdict }), cell);
    return `<tr><td class="${verdict}">${picture(verdict)}</td>`
      + `<td><code>${GLYPHS[verdict].replace('>', '&gt;').trim()}</code></td>`
      + `<th scope="row">${text}</th><td>${meaning}</td></tr>`;
  }).concat(`<tr><td class="done">${drawn('done')}</td><td></td><th scope="row">not cancelled</th><td>the last column: the caller got its answer</td></tr>`).join('\n');
}

/**
 * The signs that a reader may meet in a scenario, worst first.
 * @param {Bundle} bundle
 */
export function key({ programs }) {
  const cell = /** @type {Cell} */ ({ cut: 'at-once', head: '' });
  const met = new Set(programs.flatMap(({ runs }) => runs.map(({ verdict }) => verdict)));
  return MEANING.filter(([verdict]) => verdict !== 'done' && met.has(verdict)).map(([verdict]) =>
    `<span class="${verdict}">${picture(verdict)} ${word(/** @type {Run} */ ({ verdict }), cell)}</span>`).join(' ');
}

/** @param {Verdict} verdict */
function picture(verdict) {
  return verdict === 'done' ? '' : drawn(verdict);
}

/** @param {Verdict} verdict */
function drawn(verdict) {
  return '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">'
    + `<rect width="20" height="20" rx="5"/><path d="${SIGNS[verdict]}"/></svg>`;
}
