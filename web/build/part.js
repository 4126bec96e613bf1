// The part of a scenario's file that belongs to one program: its own code, then what
// it calls in the rest of the file.

/**
 * A function at the left margin, or a type in Rust with what is implemented
 * for it, each with the comment above it.
 * @typedef {object} Piece
 * @property {string} variant in whose section it stands; none for what is shared
 * @property {number} from
 * @property {number} to
 * @property {string} text
 * @property {string[]} calls names by which it is called
 * @property {boolean} method whether these are methods of a type in Rust
 * @property {string} [type] by whose name it is used
 */

const FUNCTION = /^(?:pub )?(?:export )?(?:async )?(?:fn|func|function)\b\*? ?(?:\([^)]*\) ?)?(\w+)/;
const TYPE = /^(?:pub )?(?:struct|enum) (\w+)/;
const IMPL = /^impl\b(?:<[^>]*>)? (?:(\w+) for )?(\w+)/;
const METHOD = /^ {4}(?:pub )?(?:async )?fn (\w+)/;
const ABOVE = /^(?:\/\/|\/\*| \*|#\[)/;
/** Stands for an empty line between two pieces. */
export const BLANK = -1;

/** Above how the programs are started, in every language. */
const FOOT = '\n// --- ';
const VARIANT = /^\/\/ variant: (\S+)/;

/**
 * The numbers of its lines, counted from 0.
 * @param {string} text
 * @param {string} variant
 * @param {string} file its ending says the language
 */
export function partOf(text, variant, file) {
  const [programs] = text.split(FOOT);
  const all = pieces(programs.split('\n'));
  const marked = all.filter((piece) => piece.variant === variant);
  const own = marked.length ? marked
    : all.filter(({ calls: [name = ''] }) => name.toLowerCase() === variant.replaceAll('-', ''));
  if (!own.length) throw new Error(`${file} has no function for the variant ${variant}`);
  const wanted = new Set(own);
  for (const piece of wanted) {
    for (const other of all) {
      if (uses(piece.text, other, file)) wanted.add(other);
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
 * How a function of the file is used in each language. A method of something
 * else may have its name: `Promise.all(` is no use of `all`, `...all(` is one.
 * In Go a method of the receiver may also be handed over: `g.Go(t.deposit)`.
 * @type {Record<string, (name: string, method: boolean) => RegExp>}
 */
const USES = {
  rs: (name, method) => new RegExp(`${method ? '(?:\\.|::)' : '(?<![\\w.])'}${name}\\(`),
  go: (name) => new RegExp(`(?<![\\w.])${name}\\(|\\b[a-z]\\.${name}\\b`),
  js: (name) => new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name}\\(`),
};

/**
 * @param {string} text
 * @param {Piece} piece
 * @param {string} file
 */
function uses(text, { calls, method, type, variant }, file) {
  // The types that all programs share would stand before each of them.
  if (type && variant && new RegExp(`\\b${type}\\b`).test(text)) return true;
  const used = USES[file.slice(file.lastIndexOf('.') + 1)];
  return calls.some((name) => used(name, method).test(text));
}

/**
 * @param {string[]} lines
 * @returns {Piece[]}
 */
function pieces(lines) {
  /** @type {Piece[]} */
  const found = [];
  let variant = '';
  lines.forEach((line, at) => {
    variant = VARIANT.exec(line)?.[1] ?? variant;
    const name = FUNCTION.exec(line)?.[1];
    const [, trait, implemented] = IMPL.exec(line) ?? [];
    const type = TYPE.exec(line)?.[1] ?? (trait && implemented);
    if (!name && !type && !implemented) return;
    let from = at;
    while (from > 0 && ABOVE.test(lines[from - 1]) && !VARIANT.test(lines[from - 1])) from--;
    const to = lines.findIndex((end, below) => below >= at && /^\}|^(?:pub )?struct .*;$/.test(end));
    const inside = lines.slice(at + 1, to + 1);
    // The methods of a trait have names that many have.
    const methods = implemented && !trait ? inside.flatMap((one) => METHOD.exec(one)?.[1] ?? []) : [];
    found.push({ variant, from, to, text: inside.join('\n'), calls: name ? [name] : methods, method: !name, type });
  });
  return found;
}
