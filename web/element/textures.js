// A texture and a sign for every verdict, drawn once per element and used by
// reference. Colour comes from the style sheet and only repeats them.

import { s } from './dom.js';

/** @import { Verdict } from './types.js' */
/** @typedef {Exclude<Verdict, 'done'>} Drawn */

/** On a tile of 8 by 8. @type {Record<Drawn, string>} */
export const TEXTURES = {
  stuck: 'M0 4H8M4 0V8',
  broken: 'M1.5 1.5l5 5m0-5l-5 5',
  lost: 'M1 2.5h3M5 6.5h3',
  leaked: 'M0 4q2-4 4 0t4 0',
  finished: 'M2.5 1.5l2.5 2.5-2.5 2.5',
  clean: 'M4 4v.01',
};

/** On a square of 20 by 20; `done` only in the column that is not cut. @type {Record<Verdict, string>} */
export const SIGNS = {
  stuck: 'M8 5l-1 10M13 5l-1 10M5 8h10.5M4.5 12h10.5',
  broken: 'M6 6l8 8m0-8l-8 8',
  lost: 'M7 7.8a3 3 0 1 1 4.6 2.4q-1.6 1-1.6 2.3M10 15.3v.01',
  leaked: 'M4.5 10.5q2.75-4.5 5.5 0t5.5 0',
  finished: 'M8 5.5l4.5 4.5-4.5 4.5',
  clean: 'M10 10v.01',
  done: 'M5.5 10.5l3 3 6-7',
};

/** What is after the cut: strokes across. */
const AFTER = 'M-1 7l8-8M-1 13l14-14M5 13l8-8';

export function textures() {
  const drawn = /** @type {Drawn[]} */ (Object.keys(TEXTURES));
  const tile = { patternUnits: 'userSpaceOnUse' };
  return s(
    'svg',
    { class: 'defs', 'aria-hidden': 'true', width: 0, height: 0 },
    ...drawn.map((name) =>
      s('pattern', { ...tile, id: `t-${name}`, class: name, width: 8, height: 8 },
        s('path', { d: TEXTURES[name] }))),
    ...Object.entries(SIGNS).map(([name, d]) =>
      s('symbol', { id: `s-${name}`, class: name, viewBox: '0 0 20 20' },
        s('rect', { width: 20, height: 20, rx: 5 }),
        s('path', { d }))),
    s('pattern', { ...tile, id: 't-after', width: 6, height: 6 }, s('path', { d: AFTER })),
  );
}

/**
 * The sign of a verdict; nothing for one that has none.
 * @param {Verdict} verdict
 */
export const sign = (verdict) =>
  verdict === 'done'
    ? []
    : [s('svg', { class: 'sign', 'aria-hidden': 'true', width: 20, height: 20 },
        s('use', { href: `#s-${verdict}` }))];
