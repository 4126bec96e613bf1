// What happened in a lane: a sign at each instant, and words below it.

import { s } from './dom.js';
import { below } from './scale.js';

/** @import { Lane, Mark } from './timeline.js' */
/** @import { Place, Scale } from './scale.js' */
/** @typedef {{ place: Place, y: number, text: string }} Words */

/** Percent of a lane that words may take, with what stands beside the cut. */
const ROOM = 96;
/** Where the first line of words stands, and each further one below it. */
const LINE = 42;
const LOWER = 15;
/** With fewer pixels for an instant, the words are in a sentence below. */
const NARROW = 30;

/** @param {Scale & { gaps: number }} scale */
export const isNarrow = ({ gaps, px }) => 100 / gaps < px(NARROW);

/**
 * What happened at each instant, each thing once.
 * @param {Lane} lane
 */
export function byInstant({ marks }) {
  const instants = [...new Set(marks.map(({ at }) => at))];
  return instants.map((at) => {
    const here = marks.filter((mark) => mark.at === at);
    const texts = new Set(here.map(({ kind, text }) => (kind === 'returned' ? `→\u00a0${text}` : text)));
    return { at, here, texts: [...texts] };
  });
}

/**
 * @param {Lane} lane
 * @param {Scale} scale
 */
export const signs = (lane, scale) => byInstant(lane).filter(({ at }) => at < Infinity).map(({ at, here }) =>
  // A nested svg takes the share of the width; the sign is in pixels.
  s('svg', { x: `${scale.x(at)}%`, class: 'at' }, sign(here, at === scale.cut)));

/**
 * @param {Mark[]} marks
 * @param {boolean} cut
 */
function sign(marks, cut) {
  const has = (/** @type {Mark['kind']} */ wanted) => marks.some(({ kind }) => kind === wanted);
  if (has('ended')) return s('path', { d: 'M-4 10h8v8h-8z', class: 'ended' });
  if (!has('drop')) return s('circle', { cx: 0, cy: 14, r: 3.5, class: 'mark' });
  // Outside the cut a drop is normal: `select!` drops the other branches.
  return cut
    ? s('path', { d: 'M-5 9l10 10m0-10l-10 10', class: 'drop cut' })
    : s('path', { d: 'M-3 11l6 6m0-6l-6 6', class: 'drop' });
}

/**
 * What happened at one instant shares a line of words where it stands at its
 * sign. Words that would run into those before them stand lower.
 * @param {Lane} lane
 * @param {Scale} scale
 * @param {number} down how far bars stand below the first ones
 * @returns {Words[]}
 */
export function words(lane, scale, down) {
  /** @type {number[]} */
  const ends = [];
  return byInstant(lane).flatMap(({ at, texts }) => {
    const whole = texts.join(', ');
    const place = below(scale, at, whole);
    const fits = scale.wide(whole) < ROOM && (at === scale.cut || place.anchor === 'start' || place.x === scale.x(at));
    return (fits ? [whole] : texts.map((one) => short(one, scale))).map((text) => {
      const place = below(scale, at, text);
      const free = ends.findIndex((end) => end <= place.from);
      const line = free < 0 ? ends.length : free;
      ends[line] = place.to + scale.wide('  ');
      return { place, y: LINE + down + line * LOWER, text };
    });
  });
}

/**
 * The same for a lane that has no room for words.
 * @param {Lane} lane
 */
export const sentence = (lane) =>
  byInstant(lane).map(({ at, texts }) => (at < Infinity ? `${at}\u00a0ms\u00a0` : '') + texts.join(', ')).join(' · ');

/**
 * @param {Place} place
 * @param {number} y
 * @param {string} text
 * @param {string} [name]
 */
export const label = ({ x, anchor }, y, text, name) =>
  s('text', { x: `${x}%`, y, 'text-anchor': anchor, class: name }, text);

/**
 * What is too long for a lane is cut; the lane's own text has all of it.
 * @param {string} text
 * @param {Scale} scale
 */
function short(text, { wide }) {
  let end = text.length;
  while (end > 1 && wide(`${text.slice(0, end)}…`) > ROOM) end--;
  return end < text.length && wide(text) > ROOM ? `${text.slice(0, end)}…` : text;
}
