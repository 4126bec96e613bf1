// The part of a scenario's file that one program is made of: its own function,
// then those of the file that it calls.

/**
 * @typedef {{ name: string, variant: string, from: number, to: number, text: string }} Piece
 */

const START = /^(?:pub )?(?:export )?(?:async )?(?:fn|func|function)\b\*? ?(?:\([^)]*\) ?)?(\w+)/;
const COMMENT = /^(?:\/\/|\/\*| \*)/;
/** Stands for an empty line between two pieces. */
export const BLANK = -1;

const VARIANT = /^\/\/ variant: (\S+)/;

/**
 * The numbers of its lines, counted from 0.
 * @param {string} text
 * @param {string} variant
 * @param {string} file for the error
 */
export function partOf(text, variant, file) {
  const all = pieces(text.split('\n'));
  const marked = all.filter((piece) => piece.variant === variant);
  const own = marked.length ? marked : all.filter(({ name }) => name.toLowerCase() === variant.replaceAll('-', ''));
  if (!own.length) throw new Error(`${file} has no function for the variant ${variant}`);
  const wanted = new Set(own);
  for (const piece of wanted) {
    for (const other of all) {
      if (new RegExp(`\\b${other.name}\\(`).test(piece.text)) wanted.add(other);
    }
  }
  // Its own first: what it calls explains it.
  return [...wanted]
    .flatMap(({ from, to }, nth) => [
      ...(nth ? [BLANK] : []),
      ...Array.from({ length: to - from + 1 }, (_, i) => from + i),
    ]);
}

/**
 * The functions at the left margin, each with the comment above it.
 * @param {string[]} lines
 * @returns {Piece[]}
 */
function pieces(lines) {
  /** @type {Piece[]} */
  const found = [];
  let variant = '';
  lines.forEach((line, at) => {
    variant = VARIANT.exec(line)?.[1] ?? variant;
    const name = START.exec(line)?.[1];
    if (!name) return;
    let from = at;
    while (from > 0 && COMMENT.test(lines[from - 1]) && !VARIANT.test(lines[from - 1])) from--;
    const to = lines.findIndex((end, below) => below >= at && /^\}/.test(end));
    found.push({ name, variant, from, to, text: lines.slice(at + 1, to + 1).join('\n') });
  });
  return found;
}
