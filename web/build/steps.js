// The steps that a line of code marks, as the command line finds them.

/** @type {Record<string, RegExp>} */
const MARKS = {
  // A method of a future, or a function around what blocks.
  rust: /(?<!\w)at\((\d+)/g,
  go: /\.At\([^,()]*,\s*(\d+)/g,
  // `concat(1` and `.flat(1` are other functions.
  js: /(?<![\w$.])at\((\d+)/g,
};

/**
 * @param {string} line
 * @param {string} language
 */
export const steps = (line, language) =>
  [...line.matchAll(MARKS[language])].map(([, n]) => Number(n));
