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
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  /** Pixels that a lane is wide; 0 until it is in a page. */
  let lane = 0;
  /** What is not seen is not drawn, and is old when it is seen again. */
  let old = false;
  // Not at once: drawing changes the height, which is a change of size again.
  new ResizeObserver(() => requestAnimationFrame(() => {
    if (!node.clientWidth) return;
    const was = lane;
    measure();
    if (old || lane !== was) update();
  })).observe(node);
  return { node, update };

  function measure() {
    lane = node.querySelector('svg')?.clientWidth ?? 0;
    const { fontFamily, fontSize } = getComputedStyle(node);
    if (pen) pen.font = `${SMALL * parseFloat(fontSize)}px ${fontFamily}`;
  }

  /** @param {string} text */
  function wide(text) {
    return pen && lane ? (pen.measureText(text).width * 100) / lane : text.length * LETTER;
  }

  function update() {
    old = node.isConnected && !node.checkVisibility();
    if (old) return;
    const cut = model.rows.map((row) => cutAt(model.run(row))).find((at) => at !== undefined);
    const all = model.rows.map((row) => read(model.bundle, model.run(row)));
    const scale = scaleOf(all.flat(), cut);
    node.replaceChildren(
      h('div', { class: 'lane axis' }, h('span'), axis({ ...scale, wide }, cut, model)),
      ...model.rows.map((row, at) => {
        const own = all[at].map((lane, nth) =>
          h('div', { class: 'lane' },
            h('span', {}, nth ? `↳ ${lane.task}` : TITLES[row.language]),
            draw(lane, { ...scale, wide }, cut, model, model.run(row))));
        const then = h('small', {}, `then ${toldNext(model.bundle, model.run(row)).join(' · ')}`);
        const group = h('div', { class: 'group' }, ...own);
        if (model.bundle.probes.length) group.append(then);
        group.classList.toggle('selected', at === model.selected);
        return group;
      }),
    );
    if (!lane) {
      measure();
      if (lane) update();
    }
  }
}

/** The words' share of the height of the text around them, as in the style sheet. */
const SMALL = 0.9286;
/** Percent that a letter takes of a lane on a phone, until it can be measured. */
const LETTER = 2.3;
/** Percent of a lane that words may take, with what stands beside the cut. */
const ROOM = 96;
/** What the number in a bar takes. */
const NUMBER = '(1)...';
/** Where the first line of words stands, and each further one below it. */
const LINE = 42;
const LOWER = 15;
/** A second line of bars stands so far below the first. */
const BELOW = 25;

/** @typedef {{ instants: number[], x: (at: number) => number }} Scale */
/** @typedef {Scale & { wide: (text: string) => number }} Drawn with what words take of it, in percent */

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
 * Words begin at their instant, or stand around it; where they would leave the
 * picture they end there, or at its edge.
 * @param {Drawn} scale
 * @param {number} at
 * @param {string} text
 * @param {boolean} around
 * @returns {{ x: number, anchor: 'start' | 'middle' | 'end', from: number, to: number }} percent
 */
function placed({ wide: widthOf, x }, at, text, around) {
  // The time of the cut is bold.
  const [left, wide] = [x(at), widthOf(text) * (around ? 1.15 : 1)];
  if (around && left >= wide / 2 && left + wide / 2 <= 100) {
    return { x: left, anchor: 'middle', from: left - wide / 2, to: left + wide / 2 };
  }
  if (left + wide <= 100) return { x: left, anchor: 'start', from: left, to: left + wide };
  const end = left >= wide ? left : 100;
  return { x: end, anchor: 'end', from: end - wide, to: end };
}

/**
 * @param {ReturnType<typeof placed>} place
 * @param {number} y
 * @param {string} text
 * @param {string} [name]
 */
const label = ({ x, anchor }, y, text, name) =>
  s('text', { x: `${x}%`, y, 'text-anchor': anchor, class: name }, text);

/**
 * @param {Drawn} scale
 * @param {number | undefined} cut
 * @param {Model} model
 */
function axis(scale, cut, model) {
  const { instants } = scale;
  const gap = scale.wide(' ');
  const left = model.happened.replace('the ', '');
  const last = instants.at(-1);
  const text = (/** @type {number} */ at) => (at === last ? `${at} ms` : String(at));
  /** The cut and the ends come first, the others where they have room. */
  const first = [cut, last, instants[0]].filter((at) => at !== undefined);
  /** @type {{ at: number, place: ReturnType<typeof placed> }[]} */
  const shown = [];
  for (const at of new Set([...first, ...instants])) {
    const place = placed(scale, at, text(at), at === cut);
    const fits = shown.every((one) => place.to + gap <= one.place.from || one.place.to + gap <= place.from);
    if (fits || at === cut) shown.push({ at, place });
  }
  return s('svg', { height: 34, role: 'img', 'aria-label': `Time: ${instants.join(', ')} ms` },
    ...(cut === undefined ? [] : [label(placed(scale, cut, left, true), 11, left, 'cut')]),
    ...shown.map(({ at, place }) => label(place, 28, text(at), at === cut ? 'when' : undefined)));
}

/**
 * @param {Lane} lane
 * @param {Drawn} scale
 * @param {number | undefined} cut
 * @param {Model} model
 * @param {import('./types.js').Run} run
 */
function draw(lane, scale, cut, model, run) {
  const { x } = scale;
  /** When the waits of each line of bars end: a task may wait in two steps at once. @type {number[]} */
  const ends = [];
  const parts = lane.waits
    .filter(({ from, to }) => to > from)
    .flatMap(({ from, to, step }) => {
      const free = ends.findIndex((end) => end <= from);
      const line = free < 0 ? ends.length : free;
      ends[line] = to;
      const top = line * BELOW;
      const doing = model.bundle.steps.find(({ n }) => n === step)?.doing ?? '';
      const split = cut !== undefined && from < cut && cut < to ? [from, cut, to] : [from, to];
      const boxes = split.slice(1).map((end, nth) =>
        bar(x(split[nth]), x(end), top, cut !== undefined && split[nth] >= cut));
      const width = x(split[1]) - x(from);
      const words = s('svg', { x: `${x(from)}%`, y: top, width: `${width}%`, height: 26 },
        s('circle', { cx: 14, cy: 14, r: 8 }),
        s('text', { x: 14, y: 18, 'text-anchor': 'middle', class: 'n' }, String(step)),
        // A word that does not fit is in the heads, too.
        ...(width > scale.wide(NUMBER + doing) ? [s('text', { x: 27, y: 18 }, doing)] : []));
      return [...boxes, words];
    });
  const words = signs(lane.marks, scale, cut, Math.max(ends.length - 1, 0) * BELOW);
  const height = Math.max(LINE + Math.max(ends.length - 1, 0) * BELOW, ...words.map((one) => Number(one.getAttribute('y')))) + 6;
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
 * @param {number} top
 * @param {boolean} after the cut
 */
const bar = (from, to, top, after) =>
  s('rect', {
    class: after ? 'bar after' : 'bar', y: top + 3, height: 22,
    x: `${from}%`, width: `${to - from}%`, fill: after ? 'url(#t-after)' : undefined,
  });

/**
 * What happened at one instant shares a line of words under it. Words that
 * would run into those before them stand lower.
 * @param {Mark[]} marks
 * @param {Drawn} scale
 * @param {number | undefined} cut
 * @param {number} down how far bars stand below the first ones
 */
function signs(marks, scale, cut, down) {
  const instants = [...new Set(marks.map(({ at }) => at))];
  /** @type {number[]} */
  const ends = [];
  return instants.flatMap((at) => {
    const here = marks.filter((mark) => mark.at === at);
    const left = scale.x(at);
    const all = [...new Set(here.map(({ kind, text }) => (kind === 'told' ? `→ ${text}` : text)))];
    const whole = all.join(', ');
    const lines = scale.wide(whole) < ROOM ? [whole] : all.map((one) => short(one, scale));
    const mark = here.some(({ kind }) => kind === 'drop')
      ? s('path', { d: 'M-5 9l10 10m0-10l-10 10', class: 'drop' })
      : s('circle', { cx: 0, cy: 14, r: 3.5, class: 'mark' });
    const texts = lines.map((words) => {
      // Beside the line of the cut, not on it.
      const place = placed(scale, at, at === cut ? `${words}  ` : words, false);
      const free = ends.findIndex((end) => end <= place.from);
      const line = free < 0 ? ends.length : free;
      ends[line] = place.to + scale.wide('  ');
      const text = label(place, LINE + down + line * LOWER, words);
      if (at === cut && place.x === left) text.setAttribute('dx', place.anchor === 'end' ? '-6' : '6');
      return text;
    });
    // A nested svg takes the share of the width; the mark is in pixels.
    return [s('svg', { x: `${left}%`, class: 'at' }, mark), ...texts];
  });
}

/**
 * What is too long for a lane is cut; the lane's own text has all of it.
 * @param {string} text
 * @param {Drawn} scale
 */
function short(text, { wide }) {
  let end = text.length;
  while (end > 1 && wide(`${text.slice(0, end)}…`) > ROOM) end--;
  return end < text.length && wide(text) > ROOM ? `${text.slice(0, end)}…` : text;
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
