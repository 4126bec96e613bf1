// Keeps the page and its address in step.

import { difference, read, sawOf, write } from './hash.js';
import { byId } from './page.js';

/** @import { Shown } from './shown.js' */

/** A browser may refuse to write an address more than a hundred times in 30 s. */
const SETTLED_MS = 300;

/** @param {Shown} shown */
export function keepLink(shown) {
  const note = byId('link-note');
  /** What an address without an end shows. */
  const first = {
    programs: shown.point.getAttribute('programs') ?? undefined,
    cut: shown.point.getAttribute('cancel-at') ?? undefined,
    view: shown.view,
  };
  const same = /** @type {HTMLAnchorElement | null} */ (document.getElementById('same'));
  let following = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;

  shown.onChange(() => {
    if (!following) say('');
  });
  shown.onAny(() => {
    if (same) same.hash = written();
    if (following) return;
    clearTimeout(later);
    later = setTimeout(() => history.replaceState(null, '', written()), SETTLED_MS);
  });
  addEventListener('hashchange', () => {
    if (!follow() || location.hash.length < 2) return;
    shown.point.scrollIntoView({ block: 'center' });
    // When it has been drawn: then it says where it stands.
    requestAnimationFrame(() => shown.point.focus({ preventScroll: true }));
  });
  if (location.hash.length > 1) follow();

  function written() {
    const { programs, cell, cut, row, view, event } = shown;
    return write(programs, cut, sawOf(programs, cell), { row: row + 1, view, event });
  }

  /** @returns {boolean} whether the address says what to show */
  function follow() {
    const { hash } = location;
    // The page's own anchors, such as the skip link's, say nothing of this.
    if (document.getElementById(hash.slice(1))) return false;
    clearTimeout(later);
    /** @type {import('./hash.js').Asked} */
    const asked = hash.length < 2 ? first : read(hash, shown.bundle);
    following = true;
    shown.choose(asked);
    following = false;
    const differs = asked.saw === undefined
      ? '' : difference(shown.bundle, shown.programs, shown.cell, asked.saw);
    say(asked.trouble ?? differs);
    return true;
  }

  /** @param {string} text */
  function say(text) {
    note.textContent = text;
  }
}
