// The instant of cancellation, and the text that names it.

/**
 * @typedef {{ kind: 'none' } | { kind: 'at-once' }
 *   | { kind: 'instant', ms: number } | { kind: 'after-effect', n: number }
 *   | { kind: 'suspension', k: number, wake: 'before' | 'after' }} Cut
 */

const FORMS =
  'write `none`, `at-once`, whole milliseconds such as `510ms` or, in real '
  + 'time, `after-effect-2`';

/**
 * Parses `none`, `at-once`, `510ms`, `after-effect-2`, ….
 * @param {string} text
 * @returns {Cut}
 * @throws {Error} that says what is wrong with the text
 */
export function parseCut(text) {
  /** @param {string} why */
  const invalid = (why) => new Error(`invalid cut \`${text}\`: ${why}`);

  if (text === 'none' || text === 'at-once') return { kind: text };

  const instant = /^(-?)([0-9]+)ms$/.exec(text);
  if (instant) {
    if (instant[1]) throw invalid('a run begins at 0 ms');
    const ms = Number(instant[2]);
    if (!Number.isSafeInteger(ms)) throw invalid('more than 2^53 - 1 milliseconds');
    return { kind: 'instant', ms };
  }

  const counted =
    /^(?:after-effect-([0-9]+)|suspension-([0-9]+)-(before|after)-wake)$/
      .exec(text);
  if (!counted) throw invalid(FORMS);
  const n = Number(counted[1] ?? counted[2]);
  if (n === 0) throw invalid('counting starts at 1');
  if (n > 0xffff_ffff) throw invalid(FORMS);
  if (counted[1]) return { kind: 'after-effect', n };
  const wake = counted[3] === 'before' ? 'before' : 'after';
  return { kind: 'suspension', k: n, wake };
}

/**
 * The text of a cut; each cut has exactly one.
 * @param {Cut} cut
 * @returns {string}
 */
export function formatCut(cut) {
  switch (cut.kind) {
    case 'instant': return `${cut.ms}ms`;
    case 'after-effect': return `after-effect-${cut.n}`;
    case 'suspension': return `suspension-${cut.k}-${cut.wake}-wake`;
    default: return cut.kind;
  }
}
