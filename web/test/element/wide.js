// A bundle with more cells and more kinds of places than any scenario has, made
// from one that was recorded.

/** @import { Bundle, Cell, Run, World } from '../../element/types.js' */

/**
 * @param {Bundle} bundle
 * @param {number} count of cells
 * @returns {Bundle}
 */
export function widened(bundle, count) {
  const { cells, programs, places } = bundle;
  // Cells where all that are shown have been answered get no column.
  const shown = programs.filter((one, at) => programs.findIndex(({ language }) => language === one.language) === at);
  const late = cells.findIndex((_, at) => shown.every(({ runs }) => runs[at].verdict === 'done'));
  /** Which recorded cell stands at a place: those between the ends are spread out. */
  const source = Array.from({ length: count }, (_, at) => {
    if (at === 0) return 0;
    if (at === count - 1) return cells.length - 1;
    return 1 + Math.floor(((at - 1) * (late - 1)) / (count - 2));
  });
  return {
    ...bundle,
    cells: source.map((from, at) => cell(cells[from], at, source)),
    places: {
      ...places,
      inbox: { kind: 'queue', noun: 'file', about: 'Files in the order in which they came.' },
      quota: { kind: 'number', about: 'How many files there are.' },
    },
    programs: programs.map((program) => ({
      ...program, runs: source.map((from) => run(program.runs[from])),
    })),
  };
}

/**
 * Neighbours from one recorded cell are parts of its step.
 * @param {Cell} cell
 * @param {number} at
 * @param {number[]} source
 * @returns {Cell}
 */
function cell(cell, at, source) {
  const { from, to } = cell;
  if (from === undefined || to === undefined) return cell;
  const first = source.indexOf(source[at]);
  const parts = source.filter((one) => one === source[at]).length;
  // Whole milliseconds, of which there may be fewer than parts.
  const wide = Math.max((to - from) / parts, 1);
  const begin = Math.round(from + wide * (at - first));
  const end = Math.round(begin + wide);
  return { ...cell, cut: `${begin + at * 10_000}ms`, from: begin, to: end, times: `${begin}-${end} ms` };
}

/** @param {Run} run */
const run = (run) => ({
  ...run, end: world(run.end), ...(run.at_cut ? { at_cut: world(run.at_cut) } : {}),
});

/**
 * @param {World} world
 * @returns {World}
 */
function world(world) {
  const names = Object.values(world).flatMap((place) => ('map' in place ? Object.keys(place.map) : []));
  return { ...world, inbox: { queue: names }, quota: { number: names.length } };
}
