// The name that was probably meant.

/**
 * How many letters to change, add or drop.
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    let corner = row[0];
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const same = corner + (a[i - 1] === b[j - 1] ? 0 : 1);
      corner = row[j];
      row[j] = Math.min(same, row[j] + 1, row[j - 1] + 1);
    }
  }
  return row[b.length];
}

/**
 * `Did you mean rust/naive?`, or some of the names that there are.
 * @param {string} name
 * @param {string[]} names
 */
export function didYouMean(name, names) {
  const said = name.slice(0, 80);
  const near = names
    .map((known) => ({ known, far: distance(said.toLowerCase(), known.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  if (near && near.far <= Math.max(2, near.known.length / 3)) {
    return `Did you mean ${near.known}?`;
  }
  return names.length ? `There ${names.length > 1 ? 'are' : 'is'} ${listed(said, names)}.` : '';
}

/** The most names that a message lists. */
const MOST_NAMES = 6;

/**
 * A few of the names, those of the same language first.
 * @param {string} name
 * @param {string[]} names
 */
function listed(name, names) {
  const language = `${name.split('/')[0]}/`;
  const own = names.filter((one) => one.startsWith(language));
  const all = own.length ? own : names;
  const rest = all.length - MOST_NAMES;
  return all.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
