// The lanes of the chosen programs, one scale of time above them.

import { h, s } from './dom.js';
import { draw } from './lane.js';
import { patch } from './patch.js';
import { overhead, scaleOf } from './scale.js';
import { isNarrow, label, sentence } from './signs.js';
import { axisLabel, laneLabel } from './lane-label.js';
import { cutAt, lanes as read, probeAnswers } from './timeline.js';
import { TITLES } from './verdicts.js';

/** @import { Model } from './model.js' */
/** @import { Scale, Place } from './scale.js' */

/** @param {Model} model */
export function lanes(model) {
  const node = h('div', { class: 'lanes' });
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  /** Pixels that a lane is wide; 0 until it is in a page. */
  let lane = 0;
  // In the next frame: drawing changes the size, and a ResizeObserver must not loop.
  new ResizeObserver(() => requestAnimationFrame(() => {
    if (!node.clientWidth) return;
    const was = lane;
    measure();
    if (lane !== was) update();
  })).observe(node);
  return { node, update };

  function measure() {
    lane = node.querySelector('svg')?.clientWidth ?? 0;
    const { fontFamily, fontSize, letterSpacing, wordSpacing } = getComputedStyle(node);
    if (pen) Object.assign(pen, {
      font: `${Math.min(SMALL * parseFloat(fontSize), MOST)}px ${fontFamily}`, letterSpacing: apart(letterSpacing), wordSpacing: apart(wordSpacing),
    });
  }

  /** @param {string} text */
  function wide(text) {
    return pen && lane ? px(pen.measureText(text).width) : text.length * LETTER;
  }

  /** @param {number} pixels */
  function px(pixels) {
    return (pixels * 100) / (lane || PHONE);
  }

  function update() {
    const cut = model.rows.map((row) => cutAt(model.run(row))).find((at) => at !== undefined);
    const all = model.rows.map((row) => read(model.bundle, model.run(row)));
    const scale = { ...scaleOf(all.flat(), cut), wide, px };
    const mute = isNarrow(scale);
    patch(node, [
      h('div', { class: 'lane axis' }, h('span'), axis(scale, model)),
      ...model.rows.map((row, at) => {
        const own = all[at].flatMap((lane, nth) => [
          h('div', { class: 'lane' },
            h('span', {}, nth ? `↳ ${lane.task}` : TITLES[row.language]),
            draw(lane, scale, {
              steps: model.bundle.steps, mute, top: at && !nth ? -APART : 0, label: laneLabel(lane, cut, model, row),
            })),
          ...(mute ? [h('small', { 'aria-hidden': 'true' }, sentence(lane))] : []),
        ]);
        const then = h('small', {}, `then ${probeAnswers(model.bundle, model.run(row)).join(' · ')}`);
        const group = h('div', { class: 'group' }, ...own);
        if (model.bundle.probes.length) group.append(then);
        group.classList.toggle('selected', at === model.selected);
        return group;
      }),
    ]);
    if (!lane) {
      measure();
      if (lane) update();
    }
  }
}

/** The words' share of the height of the text around them, and the most pixels, as in the style sheet. */
const SMALL = 0.9286;
const MOST = 16;
/** What a lane is wide on a phone, and percent that a letter takes of it, until it can be measured. */
const PHONE = 320;
const LETTER = 2.3;
/** What stands between two programs, as in the style sheet: the line of the cut goes on through it. */
const APART = 10;

/** @param {string} spacing as computed; a canvas knows no `normal` */
const apart = (spacing) => (spacing === 'normal' ? '0px' : spacing);

/**
 * @param {Scale} scale
 * @param {Model} model
 */
function axis(scale, model) {
  const { instants, cut } = scale;
  const gap = scale.wide(' ');
  const left = model.happened.replace('the ', '');
  const last = instants.findLast(Number.isFinite);
  const text = (/** @type {number} */ at) => (at === last ? `${at} ms` : at < Infinity ? String(at) : '∞');
  /** The cut and the ends come first, the others where they have room. */
  const first = [cut, last, instants.at(-1), instants[0]].filter((at) => at !== undefined);
  /** @type {{ at: number, place: Place }[]} */
  const shown = [];
  for (const at of new Set([...first, ...instants])) {
    const place = overhead(scale, at, text(at));
    const fits = shown.every((one) => place.to + gap <= one.place.from || one.place.to + gap <= place.from);
    if (fits || at === cut) shown.push({ at, place });
  }
  return s('svg', { height: 34, role: 'img', 'aria-label': axisLabel(instants, cut, model) },
    ...(cut === undefined ? [] : [label(overhead(scale, cut, left), 11, left, 'cut')]),
    ...shown.map(({ at, place }) => label(place, 28, text(at), at === cut ? 'when' : undefined)));
}
