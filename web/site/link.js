// Keeps the address of the page up to date, and follows it.

import { difference, read, sawOf, write } from './hash.js';
import { byId } from './page.js';

/** @import { Shown } from './shown.js' */

/** A browser may refuse to write an address more than a hundred times in 30 s. */
const SETTLED_MS = 300;

/** Marks the addresses that were written here; one that a link leads to has no state. */
const WRITTEN = { written: true };

/**
 * @param {Shown} shown
 * @returns {() => string} the address of what is shown
 */
export function keepLink(shown) {
  const note = byId('link-note');
  /** What is shown without a `#` part. */
  const first = {
    programs: shown.point.getAttribute('programs') ?? undefined,
    cut: shown.point.getAttribute('cancel-at') ?? undefined,
    view: shown.view,
  };
  const same = /** @type {HTMLAnchorElement | null} */ (document.getElementById('same'));
  let following = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  let hash = '';
  let rows = names();

  shown.onChange(() => {
    if (!following) say('');
  });
  shown.onAny(() => {
    const before = hash;
    hash = written();
    if (same) same.hash = hash;
    const chosen = names() !== rows;
    rows = names();
    if (following) return;
    // The browser's Back undoes the choice of a program. A move of the handle
    // adds no entry: there would be too many.
    if (chosen) {
      settle(before);
      history.pushState(WRITTEN, '', hash);
    } else {
      clearTimeout(later);
      later = setTimeout(() => settle(hash), SETTLED_MS);
    }
  });
  addEventListener('hashchange', () => {
    if (!follow() || location.hash.length < 2 || history.state) return;
    shown.point.scrollIntoView({ block: 'center' });
    // After it is drawn, so that the value of the handle is the new one.
    requestAnimationFrame(() => shown.point.focus({ preventScroll: true }));
  });
  if (location.hash.length > 1) follow();
  return () => new URL(written(), location.href).href;

  function names() {
    return shown.programs.map(({ language, name }) => `${language}/${name}`).join();
  }

  function written() {
    const { programs, cell, cut, row, view, event } = shown;
    return write(programs, cut, sawOf(programs, cell), { row: row + 1, view, event });
  }

  /**
   * Writes what waits to be written.
   * @param {string} to
   */
  function settle(to) {
    if (later === undefined) return;
    clearTimeout(later);
    later = undefined;
    history.replaceState(WRITTEN, '', to);
  }

  /** @returns {boolean} whether the address says what to show */
  function follow() {
    const { hash: asks } = location;
    // An anchor of the page, such as that of the skip link.
    if (document.getElementById(asks.slice(1))) return false;
    clearTimeout(later);
    later = undefined;
    /** @type {import('./hash.js').Asked} */
    const asked = asks.length < 2 ? first : read(asks, shown.bundle);
    following = true;
    shown.choose(asked);
    following = false;
    const differs = asked.saw === undefined
      ? '' : difference(shown.bundle, shown.programs, shown.cell, asked.saw);
    say(asked.problem ?? differs);
    return true;
  }

  /** @param {string} text */
  function say(text) {
    note.textContent = text;
  }
}
