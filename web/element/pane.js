// The pane below the map, and the buttons that open it.

import { h } from './dom.js';

/** @import { Model, View } from './model.js' */

/** @type {Promise<typeof import('./panes.js')> | undefined} */
let chunk;

/** Loads the panes once per page; after a failure the next call tries again. */
export function loadPanes() {
  chunk ??= import('./panes.js');
  chunk.catch(() => { chunk = undefined; });
  return chunk;
}

/**
 * @param {Model} model
 * @param {{ changed: () => void }} act
 */
export function pane(model, act) {
  const node = h('div', { class: 'pane', id: 'pane' });
  const buttons = Object.entries({ run: 'Run', world: 'World', code: 'Code' }).map(([view, text]) =>
    h('button', {
      type: 'button', class: `tab ${view}`, 'aria-controls': 'pane', 'data-view': view,
      click: () => {
        model.view = isOpen(view) ? 'map' : /** @type {View} */ (view);
        model.opened = true;
        act.changed();
      },
    }, text));
  /** @type {ReturnType<typeof import('./panes.js').panes> | undefined} */
  let made;

  const tabs = h('div', { class: 'tabs' }, ...buttons);
  /** Whether lanes and world are shown one at a time: then the world has a button. */
  let narrow = false;
  // Asked only when the width has changed: asking later would make the browser
  // lay out the page for each move of the handle.
  new ResizeObserver(() => {
    const was = narrow;
    narrow = buttons.some((button) => button.dataset.view === 'world' && button.checkVisibility());
    if (narrow === was) return;
    tell();
    requestAnimationFrame(show);
  }).observe(tabs);

  return { tabs, node, update };

  /** @param {string | undefined} view */
  function isOpen(view) {
    return model.view === view || (model.view === 'world' && view === 'run' && !narrow);
  }

  function tell() {
    for (const button of buttons) button.setAttribute('aria-expanded', String(isOpen(button.dataset.view)));
  }

  function update() {
    const { view } = model;
    node.dataset.view = view;
    tell();
    if (view === 'map') node.replaceChildren();
    else if (made) show();
    else load();
  }

  async function load() {
    try {
      const { panes, sheet } = await loadPanes();
      const root = node.getRootNode();
      // The element may have been removed in the meantime.
      if (!(root instanceof ShadowRoot)) return;
      if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
      made ??= panes(model);
      update();
    } catch {
      node.replaceChildren(h('p', {}, 'This part could not be loaded: offline, or blocked by this page. Reload the page to try again.'));
    }
  }

  function show() {
    if (!made || model.view === 'map') return;
    const { code, lanes, world } = made;
    const parts = model.view === 'code' ? [code] : [lanes, world];
    const nodes = parts.map((part) => part.node);
    // Replaced only when another part is shown, so that a pane keeps its scroll position.
    if (node.firstChild !== nodes[0]) node.replaceChildren(...nodes);
    const hidden = narrow && (model.view === 'world' ? lanes : world);
    // World first: its width decides the width of the lanes.
    for (const part of parts.toReversed()) if (part !== hidden) part.update();
  }
}
