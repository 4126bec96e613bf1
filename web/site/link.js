// Keeps the page and its address in step.

import { difference, read, sawOf, write } from './hash.js';
import { byId } from './page.js';

/** @import { Shown } from './shown.js' */

/** @param {Shown} shown */
export function keepLink(shown) {
  const note = byId('link-note');
  let following = false;

  shown.onChange(() => {
    if (following) return;
    say('');
    const { programs, cell, cut } = shown;
    history.replaceState(null, '', write(programs, cut, sawOf(programs, cell)));
  });
  addEventListener('hashchange', follow);
  follow();

  function follow() {
    const { hash } = location;
    // The page's own anchors, such as the skip link's, say nothing of this.
    if (hash.length < 2 || document.getElementById(hash.slice(1))) return;
    const asked = read(hash, shown.bundle);
    following = true;
    shown.choose(asked);
    following = false;
    const differs = asked.saw === undefined
      ? '' : difference(shown.bundle, shown.programs, shown.cell, asked.saw);
    say(asked.trouble ?? differs);
  }

  /** @param {string} text */
  function say(text) {
    note.textContent = text;
    note.hidden = !text;
  }
}
