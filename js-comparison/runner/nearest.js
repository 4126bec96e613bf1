// "Did you mean": the known name with the fewest letters to change.

/**
 * @param {string} given
 * @param {Iterable<string>} known
 * @returns {string | undefined} undefined if none is anywhere near
 */
export function nearest(given, known) {
  const most = Math.max(2, Math.floor(given.length / 2));
  let best;
  let fewest = most + 1;
  for (const name of known) {
    const changes = distance(given, name);
    if (changes < fewest) [best, fewest] = [name, changes];
  }
  return best;
}

/**
 * Levenshtein's distance, row by row.
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
