// The instant of cancellation, and the text that names it.

/**
 * @typedef {{ kind: 'none' } | { kind: 'at-once' } | { kind: 'at', ms: number }
 *   | { kind: 'after-effect', n: number }
 *   | { kind: 'suspension', k: number, wake: 'before' | 'after' }} Cut
 */

const FORMS =
  'write `none`, `at-once`, whole milliseconds such as `510ms` or, in real '
  + 'time, `after-effect-2`';

/**
 * Reads `none`, `at-once`, `510ms`, `after-effect-2`, ….
 * @param {string} text
 * @returns {Cut}
 * @throws {Error} that says what is wrong with the text
 */
export function parseCut(text) {
  /** @param {string} why */
  const bad = (why) => new Error(`\`${text}\` is no cut: ${why}`);

  if (text === 'none' || text === 'at-once') return { kind: text };

  const at = /^(-?)([0-9]+)ms$/.exec(text);
  if (at) {
    if (at[1]) throw bad('time does not run before 0 ms');
    const ms = Number(at[2]);
    if (!Number.isSafeInteger(ms)) throw bad('more than 2^53 - 1 milliseconds');
    return { kind: 'at', ms };
  }

  const counted =
    /^(?:after-effect-([0-9]+)|suspension-([0-9]+)-(before|after)-wake)$/
      .exec(text);
  if (!counted) throw bad(FORMS);
  const n = Number(counted[1] ?? counted[2]);
  if (n === 0) throw bad('counting starts at 1');
  if (n > 0xffff_ffff) throw bad(FORMS);
  if (counted[1]) return { kind: 'after-effect', n };
  const wake = counted[3] === 'before' ? 'before' : 'after';
  return { kind: 'suspension', k: n, wake };
}

/**
 * The one text that names this cut.
 * @param {Cut} cut
 * @returns {string}
 */
export function formatCut(cut) {
  switch (cut.kind) {
    case 'at': return `${cut.ms}ms`;
    case 'after-effect': return `after-effect-${cut.n}`;
    case 'suspension': return `suspension-${cut.k}-${cut.wake}-wake`;
    default: return cut.kind;
  }
}
