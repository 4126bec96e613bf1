// One lane: bars for the waits, a line for what is between them.

import { s } from './dom.js';
import { label, signs, words } from './signs.js';

/** @import { Lane } from './timeline.js' */
/** @import { Scale } from './scale.js' */
/** @import { Words } from './signs.js' */
/** @import { Bundle } from './types.js' */

/** The distance between two lines of bars. */
const BELOW = 25;
/** Pixels that the number in a bar takes, in a circle and alone, and what stands around a word beside it. */
const NUMBER = 30;
const ALONE = 16;
const AROUND = 36;

/**
 * @param {Lane} lane
 * @param {Scale} scale
 * @param {{ steps: Bundle['steps'], mute: boolean, top: number, label: string }} how
 */
export function draw(lane, scale, how) {
  const { steps, mute, top } = how;
  const { cut, x } = scale;
  /** When the waits of each line of bars end: a task may wait in two steps at once. @type {number[]} */
  const ends = [];
  const bars = lane.waits
    .filter(({ from, to }) => to > from)
    .flatMap(({ from, to, step }) => {
      const free = ends.findIndex((end) => end <= from);
      const line = free < 0 ? ends.length : free;
      ends[line] = to;
      const down = line * BELOW;
      const split = cut !== undefined && from < cut && cut < to ? [from, cut, to] : [from, to];
      const boxes = split.slice(1).map((end, nth) =>
        bar(x(split[nth]), x(end), down, cut !== undefined && split[nth] >= cut));
      // The signs are on the first line of bars.
      const stop = Math.min(split[1], ...lane.marks.map(({ at }) => at).filter((at) => !down && at > from));
      const doing = steps.find(({ n }) => n === step)?.doing ?? '';
      return [...boxes, named(x(from), x(stop), down, step, doing, scale)];
    });
  const down = Math.max(ends.length - 1, 0) * BELOW;
  const texts = mute ? [] : words(lane, scale, down);
  const height = Math.max(down + (mute ? 26 : 42), ...texts.map(({ y }) => y)) + 6;
  return s('svg', { height, role: 'img', 'aria-label': how.label },
    ...(cut === undefined ? [] : line(x(cut), top, height, texts, scale)),
    ...idle(lane).map(([from, to]) =>
      s('line', { class: 'life', y1: 14, y2: 14, x1: `${x(from)}%`, x2: `${x(to)}%` })),
    ...bars, ...signs(lane, scale), ...texts.map(({ place, y, text }) => label(place, y, text)));
}

/**
 * The line of the cut is interrupted where there are words. They cannot have a
 * background, because the background of the page is not known.
 * @param {number} x
 * @param {number} top
 * @param {number} bottom
 * @param {Words[]} texts
 * @param {Scale} scale
 */
function line(x, top, bottom, texts, { px }) {
  const across = texts.filter(({ place }) => place.from - px(3) < x && x < place.to + px(3)).sort((a, b) => a.y - b.y);
  const stops = [top, ...across.flatMap(({ y }) => [y - 12, y + 5]), bottom];
  return stops.flatMap((y1, nth) => (nth % 2 || stops[nth + 1] <= y1 ? []
    : [s('line', { class: 'cut', x1: `${x}%`, x2: `${x}%`, y1, y2: stops[nth + 1] })]));
}

/**
 * When a task lived and waited in no step.
 * @param {Lane} lane
 */
function idle({ from, to, waits }) {
  /** @type {[number, number][]} */
  const gaps = [];
  let at = from;
  for (const wait of waits) {
    if (wait.from > at) gaps.push([at, wait.from]);
    at = Math.max(at, wait.to);
  }
  if (to > at) gaps.push([at, to]);
  return gaps;
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} down
 * @param {boolean} after the cut
 */
const bar = (from, to, down, after) =>
  s('rect', {
    class: after ? 'bar after' : 'bar', y: down + 3, height: 22,
    x: `${from}%`, width: `${to - from}%`, fill: after ? 'url(#t-after)' : undefined,
  });

/**
 * The step's number and name, as far as there is room before the next sign.
 * What does not fit is in the heads, too.
 * @param {number} from
 * @param {number} to
 * @param {number} down
 * @param {number} step
 * @param {string} doing
 * @param {Scale} scale
 */
function named(from, to, down, step, doing, { wide, px }) {
  const room = to - from;
  const box = { x: `${from}%`, y: down, width: `${room}%`, height: 26 };
  const number = (/** @type {string | number} */ x) =>
    s('text', { x, y: 18, 'text-anchor': 'middle', class: 'n' }, String(step));
  if (room < px(ALONE)) return s('svg', box);
  if (room < px(NUMBER)) return s('svg', box, number('50%'));
  return s('svg', box, s('circle', { cx: 14, cy: 14, r: 8 }), number(14),
    ...(room > wide(doing) + px(AROUND) ? [s('text', { x: 27, y: 18 }, doing)] : []));
}
