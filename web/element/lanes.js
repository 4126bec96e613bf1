// Lanes on an ordinal scale of time: every instant at which something happened
// is as far from the next as any other.

import { h, s } from './dom.js';
import { cutAt, lanes as read, toldNext } from './timeline.js';
import { TITLES } from './verdicts.js';

/** @import { Model } from './model.js' */
/** @import { Lane, Mark } from './timeline.js' */

/** @param {Model} model */
export function lanes(model) {
  const node = h('div', { class: 'lanes' });
  return {
    node,
    update() {
      const cut = model.rows.map((row) => cutAt(model.run(row))).find((at) => at !== undefined);
      const all = model.rows.map((row) => read(model.bundle, model.run(row)));
      const scale = scaleOf(all.flat(), cut);
      node.replaceChildren(
        h('div', { class: 'lane axis' }, h('span'), axis(scale, cut, model)),
        ...model.rows.map((row, at) => {
          const own = all[at].map((lane, nth) =>
            h('div', { class: 'lane' },
              h('span', {}, nth ? '↳ spawned' : TITLES[row.language]),
              draw(lane, scale, cut, model, model.run(row))));
          const then = h('small', {}, `then ${toldNext(model.bundle, model.run(row)).join(' · ')}`);
          const group = h('div', { class: 'group' }, ...own);
          if (model.bundle.probes.length) group.append(then);
          group.classList.toggle('selected', at === model.selected);
          return group;
        }),
      );
    },
  };
}

/** Past this many percent words stand before their instant. */
const LATE = 80;
/** A letter is about this many percent of the narrowest lane. */
const LETTER = 2;
/** What the number in a bar takes of it. */
const ROOM = 6;
/** Where the first line of words stands, and each further one below it. */
const LINE = 42;
const LOWER = 15;

/** @typedef {{ instants: number[], x: (at: number) => number }} Scale */

/**
 * @param {Lane[]} lanes
 * @param {number | undefined} cut
 * @returns {Scale}
 */
function scaleOf(lanes, cut) {
  const times = lanes.flatMap(({ waits, marks, from, to }) => [
    from, to, ...waits.flatMap((wait) => [wait.from, wait.to]), ...marks.map(({ at }) => at),
  ]);
  const instants = [...new Set(cut === undefined ? times : [...times, cut])].sort((a, b) => a - b);
  const gaps = Math.max(instants.length - 1, 1);
  return { instants, x: (at) => (instants.indexOf(at) / gaps) * 100 };
}

/**
 * Words at an instant stay inside the picture at both ends.
 * @param {Scale} scale
 * @param {number} at
 * @param {number} y
 * @param {string} text
 * @param {string} [name]
 */
function label({ x }, at, y, text, name) {
  const left = x(at);
  const anchor = left > LATE ? 'end' : name ? 'middle' : 'start';
  return s('text', { x: `${left}%`, y, 'text-anchor': anchor, class: name }, text);
}

/**
 * @param {Scale} scale
 * @param {number | undefined} cut
 * @param {Model} model
 */
function axis(scale, cut, model) {
  const { instants } = scale;
  const left = model.bundle.who === 'client' ? 'client left' : 'cut';
  return s('svg', { height: 34, role: 'img', 'aria-label': `Time: ${instants.join(', ')} ms` },
    ...(cut === undefined ? [] : [label(scale, cut, 11, left, 'cut')]),
    ...instants.map((at, nth) =>
      label(scale, at, 28, nth === instants.length - 1 ? `${at} ms` : String(at), at === cut ? 'when' : undefined)));
}

/**
 * @param {Lane} lane
 * @param {Scale} scale
 * @param {number | undefined} cut
 * @param {Model} model
 * @param {import('./types.js').Run} run
 */
function draw(lane, scale, cut, model, run) {
  const { x } = scale;
  const parts = lane.waits
    .filter(({ from, to }) => to > from)
    .flatMap(({ from, to, step }) => {
      const doing = model.bundle.steps.find(({ n }) => n === step)?.doing ?? '';
      const split = cut !== undefined && from < cut && cut < to ? [from, cut, to] : [from, to];
      const boxes = split.slice(1).map((end, nth) =>
        bar(x(split[nth]), x(end), cut !== undefined && split[nth] >= cut));
      const width = x(split[1]) - x(from);
      const words = s('svg', { x: `${x(from)}%`, width: `${width}%`, height: 26 },
        s('circle', { cx: 14, cy: 14, r: 8 }),
        s('text', { x: 14, y: 18, 'text-anchor': 'middle', class: 'n' }, String(step)),
        // A word that does not fit is in the heads, too.
        ...(width > ROOM + doing.length * LETTER ? [s('text', { x: 27, y: 18 }, doing)] : []));
      return [...boxes, words];
    });
  const words = signs(lane.marks, scale, cut);
  const height = Math.max(LINE, ...words.map((one) => Number(one.getAttribute('y')))) + 6;
  const at = cut === undefined ? '' : `${x(cut)}%`;
  return s('svg', { height, role: 'img', 'aria-label': spoken(lane, run) },
    ...(at ? [s('line', { class: 'cut', x1: at, x2: at, y1: -6, y2: height })] : []),
    ...idle(lane).map(([from, to]) =>
      s('line', { class: 'life', y1: 14, y2: 14, x1: `${x(from)}%`, x2: `${x(to)}%` })),
    ...parts, ...words);
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
 * @param {boolean} after the cut
 */
const bar = (from, to, after) =>
  s('rect', {
    class: after ? 'bar after' : 'bar', y: 3, height: 22,
    x: `${from}%`, width: `${to - from}%`, fill: after ? 'url(#t-after)' : undefined,
  });

/**
 * What happened at one instant shares a line of words under it. Words that
 * would run into those before them stand lower.
 * @param {Mark[]} marks
 * @param {Scale} scale
 * @param {number | undefined} cut
 */
function signs(marks, scale, cut) {
  const instants = [...new Set(marks.map(({ at }) => at))];
  /** @type {number[]} */
  const ends = [];
  return instants.flatMap((at) => {
    const here = marks.filter((mark) => mark.at === at);
    const left = scale.x(at);
    const words = [...new Set(here.map(({ kind, text }) => (kind === 'told' ? `→ ${text}` : text)))].join(', ');
    const mark = here.some(({ kind }) => kind === 'drop')
      ? s('path', { d: 'M-5 9l10 10m0-10l-10 10', class: 'drop' })
      : s('circle', { cx: 0, cy: 14, r: 3.5, class: 'mark' });
    const wide = words.length * LETTER;
    const from = left > LATE ? left - wide : left;
    const free = ends.findIndex((end) => end <= from);
    const line = free < 0 ? ends.length : free;
    ends[line] = from + wide;
    const text = label(scale, at, LINE + line * LOWER, words);
    // Beside the line of the cut, not on it.
    if (at === cut) text.setAttribute('dx', left > LATE ? '-6' : '6');
    // A nested svg takes the share of the width; the mark is in pixels.
    return [s('svg', { x: `${left}%`, class: 'at' }, mark), text];
  });
}

/**
 * @param {Lane} lane
 * @param {import('./types.js').Run} run
 */
function spoken({ waits, marks, from, to }, run) {
  const all = [
    ...waits.map((wait) => ({ at: wait.from, text: `waits in step ${wait.step} until ${wait.to} ms` })),
    ...marks,
  ].sort((a, b) => a.at - b.at);
  const told = all.map(({ at, text }) => `${at} ms: ${text}`).join('; ');
  return `From ${from} to ${to} ms. ${told}. Caller: ${run.told}`;
}
