// "Rust internals", collapsed at first: polls and wakes. Recordings do not contain
// them, so they come from a run in the page.

import { h } from '../../element/dom.js';

/** @import { Internal, Story } from './steps.js' */

/** @param {() => void} opened */
export function internals(opened) {
  const list = h('ol', { class: 'internals' });
  const wait = h('p', { class: 'small' }, 'They are shown when the program has run here.');
  const node = h('details', { toggle: () => { if (node.open) opened(); } },
    h('summary', {}, 'Rust internals'),
    h('p', {}, 'Rust does nothing by itself with a future: an executor polls it. A poll runs the code up to the next await that is not ready and returns Pending; later a Waker is called, and the executor polls again. A future that is dropped is never polled again.'),
    wait, list);
  /** @type {Internal[]} */
  let shown = [];

  return {
    node,
    /**
     * @param {Story | undefined} story
     * @param {boolean} has whether there are any to come
     */
    show(story, has) {
      node.hidden = !has;
      shown = story?.internals ?? [];
      wait.hidden = Boolean(story);
      list.replaceChildren(...shown.map(({ at, text }) =>
        h('li', {}, h('span', { class: 'when' }, `${at} ms`), h('span', {}, text))));
    },
    /** @param {number} nth the current event; what is after it has not happened yet */
    upTo(nth) {
      [...list.children].forEach((item, i) => item.classList.toggle('later', shown[i].nth > nth));
    },
  };
}
