// The code of the selected program, with the current step marked. The text is
// loaded when the pane is first opened.

import { fetchJson } from './assets.js';
import { fullName } from './attributes.js';
import { h } from './dom.js';

/** @import { Model } from './model.js' */
/** @import { Code } from './types.js' */

/** After a failure the next request waits this long, so that not every move of the handle makes one. */
const AGAIN_MS = 5000;

/** @type {Map<string, Promise<{ programs: Record<string, Code> }>>} */
const loaded = new Map();

/** @param {string} id */
function load(id) {
  let code = loaded.get(id);
  if (!code) {
    code = fetchJson(`data/${id}.code.json`, `The code of ${id}`);
    loaded.set(id, code);
    code.catch(() => setTimeout(() => loaded.delete(id), AGAIN_MS));
  }
  return code;
}

/** @param {Model} model */
export function code(model) {
  const file = h('p', { class: 'file' });
  const lines = h('code');
  // It scrolls, so the keyboard must be able to focus it.
  const pre = h('pre', { tabindex: 0, role: 'region' }, lines);
  const node = h('div', { class: 'code' }, file, pre);
  let shown = '';

  return {
    node,
    async update() {
      const name = fullName(model.row);
      try {
        const { programs } = await load(model.bundle.id);
        if (name !== fullName(model.row)) return;
        if (shown !== name) {
          shown = name;
          show(programs[name]);
        }
        mark();
      } catch (error) {
        shown = '';
        file.textContent = error instanceof Error ? error.message : '';
        pre.hidden = true;
      }
    },
  };

  /** @param {Code | undefined} found */
  function show(found) {
    file.textContent = found ? `${fullName(model.row)} in ${found.file}` : 'The source of this program is missing.';
    pre.hidden = false;
    pre.setAttribute('aria-label', `Code of ${fullName(model.row)}`);
    lines.replaceChildren(...(found?.lines ?? []).map(({ steps = [], tokens }) =>
      h('span', { class: 'line', 'data-steps': steps.join(' ') },
        h('i', { class: steps.length ? 'n' : '' }, steps.join(' ')),
        ...tokens.map(([kind, text]) => (kind ? h('span', { class: kind }, text) : text)), '\n')));
  }

  function mark() {
    const step = String(model.now.step ?? '');
    /** @type {HTMLElement | undefined} */
    let first;
    for (const line of /** @type {Iterable<HTMLElement>} */ (lines.children)) {
      const now = step !== '' && (line.dataset.steps ?? '').split(' ').includes(step);
      line.classList.toggle('now', now);
      line.toggleAttribute('aria-current', now);
      if (now) line.setAttribute('aria-current', 'step');
      if (now) first ??= line;
    }
    // Scrolls the code only, not the page.
    if (first) pre.scrollTop = first.offsetTop - pre.clientHeight / 2;
  }
}
