// An ordinal scale of time: every instant at which something happened is as
// far from the next as any other. All of it is in percent of a lane.

/** @import { Lane } from './timeline.js' */

/**
 * @typedef {object} Scale
 * @property {number[]} instants the last is Infinity where somebody waits for ever
 * @property {number | undefined} cut
 * @property {(at: number) => number} x
 * @property {(text: string) => number} wide what words take
 * @property {(pixels: number) => number} px
 */

/** @typedef {{ x: number, anchor: 'start' | 'middle' | 'end', from: number, to: number }} Place */

/**
 * @param {Lane[]} lanes
 * @param {number | undefined} cut
 */
export function scaleOf(lanes, cut) {
  const times = lanes.flatMap(({ waits, marks, from, to }) => [
    from, to, ...waits.flatMap((wait) => [wait.from, wait.to]), ...marks.map(({ at }) => at),
  ]);
  const instants = [...new Set(cut === undefined ? times : [...times, cut])].sort((a, b) => a - b);
  const gaps = Math.max(instants.length - 1, 1);
  return { instants, cut, gaps, x: (/** @type {number} */ at) => (instants.indexOf(at) / gaps) * 100 };
}

/** @type {(x: number, wide: number) => Place} */
const begins = (x, wide) => ({ x, anchor: 'start', from: x, to: x + wide });
/** @type {(x: number, wide: number) => Place} */
const ends = (x, wide) => ({ x, anchor: 'end', from: x - wide, to: x });

/**
 * A time begins at its instant; that of the cut, which is bold, stands around
 * it. Neither leaves the picture.
 * @param {Scale} scale
 * @param {number} at
 * @param {string} text
 */
export function overhead({ cut, x, wide: widthOf }, at, text) {
  const around = at === cut;
  const [left, wide] = [x(at), widthOf(text) * (around ? 1.15 : 1)];
  if (around && left >= wide / 2 && left + wide / 2 <= 100) {
    return /** @type {Place} */ ({ x: left, anchor: 'middle', from: left - wide / 2, to: left + wide / 2 });
  }
  return left + wide <= 100 ? begins(left, wide) : ends(100, wide);
}

/**
 * Words begin at their instant. Where they would leave the picture they end at
 * its edge, and where they would run into the line of the cut they end before
 * it; what finds no room on either side lies across.
 * @param {Scale} scale
 * @param {number} at
 * @param {string} text
 */
export function below({ cut, x, wide: widthOf, px }, at, text) {
  const [wide, gap, line] = [widthOf(text), px(6), cut === undefined ? -1 : x(cut)];
  const begin = at === cut ? line + gap : x(at);
  const edge = begin < line ? line - gap : 100;
  if (begin + wide <= edge) return begins(begin, wide);
  const end = at === cut ? line - gap : edge;
  if (end >= wide) return ends(end, wide);
  return begin + wide <= 100 ? begins(begin, wide) : ends(100, wide);
}
