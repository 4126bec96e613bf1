// The place below the map, and the buttons that open it.

import { h } from './dom.js';

/** @import { Model, View } from './model.js' */

/** @type {Promise<typeof import('./panes.js')> | undefined} */
let chunk;

/** Loads the panes once per page; a failure may pass. */
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
  // A phone that is turned gets or loses the button for the world.
  new ResizeObserver(tell).observe(tabs);

  return { tabs, node, update };

  /**
   * Where there is room for both, the world has no button of its own: it stands
   * beside the lanes.
   *
   * @param {string | undefined} view
   */
  function isOpen(view) {
    const alone = buttons.some((button) => button.dataset.view === 'world' && button.checkVisibility());
    return model.view === view || (model.view === 'world' && view === 'run' && !alone);
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
      // The element may have gone in the meantime.
      if (!(root instanceof ShadowRoot)) return;
      if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
      made ??= panes(model);
      update();
    } catch {
      node.replaceChildren(h('p', {}, 'This part could not be loaded: offline, or blocked by this page. Reload the page to try again.'));
    }
  }

  function show() {
    if (!made) return;
    const wanted = model.view === 'code' ? [made.code] : [made.lanes, made.world];
    const nodes = wanted.map((part) => part.node);
    // Put in only when it changes: a pane that scrolls keeps its place.
    if (node.firstChild !== nodes[0]) node.replaceChildren(...nodes);
    // The lanes have the room that the world leaves.
    for (const part of wanted.toReversed()) part.update();
  }
}
