// Finds elements of the page.

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page lacks #${id}`);
  return found;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} _tag what it is
 * @param {string} id
 */
export const part = (_tag, id) => /** @type {HTMLElementTagNameMap[K]} */ (byId(id));

/**
 * The reason why something failed, as a sentence.
 * @param {unknown} error
 */
export const why = (error) => (error instanceof Error ? error.message : String(error));
