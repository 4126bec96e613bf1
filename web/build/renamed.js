// Scenarios that had another name: old ids are still in links and in pages.

/**
 * Every old id, with the id of today.
 * @param {string} text of scenarios/ids.txt, in which a line says `old -> new`
 * @param {string[]} ids that there are today
 * @returns {[old: string, id: string][]}
 */
export function renamed(text, ids) {
  const names = new Map(text.split('\n')
    .filter((line) => !line.startsWith('#') && line.includes('->'))
    .map((line) => /** @type {[string, string]} */ (line.split('->').map((name) => name.trim()))));
  return [...names.keys()].map((old) => {
    let id = old;
    for (let hops = 0; names.has(id); hops++) {
      if (hops > names.size) throw new Error(`scenarios/ids.txt: ${old} is renamed in a circle`);
      id = /** @type {string} */ (names.get(id));
    }
    if (!ids.includes(id)) throw new Error(`scenarios/ids.txt: ${old} became ${id}, which is not recorded`);
    return [old, id];
  });
}
