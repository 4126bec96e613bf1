// The programs on a scenario's page: for each its map, its lesson, and what its runs
// show.

import { columns } from '../element/axis.js';
import { fullName } from '../element/attributes.js';
import { TITLES, isFault, word } from '../element/verdicts.js';
import { measured } from './measured.js';
import { strip } from './picture.js';
import { escaped } from './template.js';

/** @import { Bundle, Program } from '../element/types.js' */
/** @import { Report } from './measured.js' */

/** @type {Record<Program['declares'], string>} */
const DECLARES = { hazard: 'a hazard', partial: 'partly safe', safe: 'safe' };

/**
 * @param {Bundle} bundle
 * @param {Report} report what their calls cost
 */
export function programs(bundle, report) {
  const cells = columns(bundle, bundle.programs);
  const languages = [...new Set(bundle.programs.map(({ language }) => language))];
  return languages.map((language) => {
    const own = bundle.programs.filter((one) => one.language === language);
    return `<h3 id="programs-${language}">${TITLES[language]}</h3>\n`
      + `<p class="small">From left to right: ${escaped(heads(bundle, cells))}.</p>\n<ul class="programs" aria-labelledby="programs-${language}">\n`
      + `${own.map((program) => entry(bundle, report, cells, program)).join('\n')}\n</ul>`;
  }).join('\n');
}

/**
 * What the columns of the strips are; neighbours of one step are said once.
 * @param {Bundle} bundle
 * @param {number[]} columns
 */
function heads(bundle, columns) {
  /** @type {{ head: string, from?: number, to?: number, count: number }[]} */
  const groups = [];
  for (const { head, from, to } of columns.map((cell) => bundle.cells[cell])) {
    const last = groups.at(-1);
    if (last && head && head === last.head) Object.assign(last, { to, count: last.count + 1 });
    else groups.push({ head, from, to, count: 1 });
  }
  return groups.map(({ head, from, to, count }) => [
    head, from === undefined ? '' : to === undefined ? `from ${from} ms` : `${from}–${to} ms`, count > 1 ? `(${count} columns)` : '',
  ].filter(Boolean).join(' ')).join(', ');
}

/**
 * @param {Bundle} bundle
 * @param {Report} report
 * @param {number[]} cells
 * @param {Program} program
 */
function entry(bundle, report, cells, program) {
  const { name, about, declares, lesson } = program;
  const rows = bundle.programs.filter((one) => one.language !== program.language
    && one === bundle.programs.find(({ language }) => language === one.language));
  const link = [program, ...rows].map((one) => fullName(one).replace('/', '.')).join(',');
  const sentences = [...costs(bundle, program), ...measured(report, bundle, program)];
  return `<li><h4><a href="#programs=${link}&amp;at=${worst(bundle, program)}">${escaped(name)}</a> <span class="declares">${DECLARES[declares]}</span></h4>\n`
    + `${strip(bundle, cells, program)}\n`
    + `<p>${escaped(about)}${lesson ? ` <em>${escaped(lesson)}</em>` : ''}</p>\n`
    + `<p class="costs">${sentences.map(escaped).join(' ')}</p></li>`;
}

/**
 * The cut at which there is most to see.
 * @param {Bundle} bundle
 * @param {Program} program
 */
function worst({ cells }, { runs }) {
  const faulty = runs.findIndex(isFault);
  const at = faulty >= 0 ? faulty : runs.findIndex((run, nth) => nth > 0 && run.verdict !== 'done');
  return cells[Math.max(at, 0)].cut;
}

/**
 * In sentences, from the recorded runs alone.
 * @param {Bundle} bundle
 * @param {Program} program
 * @returns {string[]}
 */
export function costs(bundle, { runs }) {
  const { cells, who } = bundle;
  const cut = cells.flatMap((cell, at) => (cell.cut === 'none' ? [] : [{ cell, run: runs[at] }]));
  // A caller that already had its answer is not affected.
  const open = cut.filter(({ run }) => run.verdict !== 'done');
  const faults = open.filter(({ run }) => isFault(run));
  const uncut = runs.at(-1);
  const on = Math.max(0, ...open.map(({ run }) => run.went_on));
  const errors = new Set(open.map(({ run }) => run.told).filter((told) => told.startsWith('error: ')));
  const values = open.map(({ run }) => run.told).filter((told) => !/^(?:error: |\()/.test(told));
  const after = who === 'client' ? 'after the client has left' : who === 'inside' ? 'after that' : 'after the caller has given up';
  return [
    ...(uncut && isFault(uncut) ? [`It is ${word(uncut, { ...cells[0], cut: '' })} even when nothing is cancelled.`] : []),
    faults.length ? `${sentence(places(faults))}.` : 'No cut causes a fault.',
    on ? `The program goes on for up to ${on} ms ${after}.` : `Nothing goes on ${after}.`,
    ...(errors.size ? [callerOutcome(errors, values.length > 0)] : []),
  ];
}

/**
 * `broken when the cut comes in (2) writing or in (3) waiting; lost when the cut comes at once`
 * @param {{ cell: Bundle['cells'][number], run: Program['runs'][number] }[]} faults
 */
function places(faults) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  for (const { cell, run } of faults) {
    const name = word(run, cell);
    const where = cell.head.startsWith('(') ? `in ${cell.head}` : cell.head || `at ${cell.times?.replace('-', '–')}`;
    found.set(name, (found.get(name) ?? new Set()).add(where));
  }
  return [...found].map(([name, where]) => `${name} when the cut comes ${list([...where])}`).join('; ');
}

/**
 * What an error says may count rounds: one of several is an example.
 * @param {Set<string>} errors
 * @param {boolean} also whether a caller may get a value instead
 */
function callerOutcome(errors, also) {
  const [first] = [...errors].map((error) => error.slice('error: '.length));
  const like = errors.size > 1 ? `an error, such as “${first}”` : `an error: “${first}”`;
  return `The caller ${also ? 'may be' : 'is'} told ${like}.`;
}

/** @param {string[]} items */
function list(items) {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

/** @param {string} text */
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
