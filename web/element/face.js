// Puts the parts together, and redraws those that are seen.

import { h } from './dom.js';
import { code } from './code.js';
import { footer } from './footer.js';
import { handle } from './handle.js';
import { ranHere } from './here.js';
import { lanes } from './lanes.js';
import { map } from './map.js';
import { sentence } from './sentence.js';
import { textures } from './textures.js';
import { world } from './world.js';

/** @import { Model, View } from './model.js' */
/** @import { Here } from './here.js' */

/** Below this many pixels lanes and world are shown one at a time. */
const NARROW = 560;

/**
 * @param {Model} model
 * @param {{ made: string | null, playground: string | null }} page
 * @param {() => void} told the element, that something was chosen
 */
export function face(model, page, told) {
  /** @type {Here} */
  let here = { state: 'recorded' };
  let turn = 0;
  const act = {
    changed() { touch(); draw(); told(); },
    /** @param {number} column */
    seek(column) { model.at = column; act.changed(); },
  };

  const grip = handle(model, act);
  const board = map(model, act, grip.node);
  const says = sentence(model, act);
  const shown = [board, grip, says];
  const foot = footer(model, page);
  const panes = { lanes: lanes(model), world: world(model), code: code(model) };
  const tabs = h('div', { class: 'tabs' });
  const pane = h('div', { class: 'pane', id: 'pane' });
  const node = h('div', { class: 'face', role: 'group', 'aria-label': model.bundle.title },
    textures(),
    h('p', { class: 'title' }, h('b', {}, model.bundle.title), ' ', model.bundle.question),
    board.node, says.node, tabs, pane, foot.node);

  const buttons = Object.entries({ run: 'Run', world: 'World', code: 'Code' }).map(([view, text]) =>
    h('button', {
      type: 'button', class: `tab ${view}`, 'aria-controls': 'pane',
      click: () => {
        model.view = model.view === view ? 'map' : /** @type {View} */ (view);
        model.opened = true;
        act.changed();
      },
    }, text));
  tabs.append(...buttons);

  return { node, draw, runAgain };

  /** The first touch opens what there is to see, and loads what runs it. */
  function touch() {
    if (!model.touched) {
      model.touched = true;
      if (model.view === 'map' && !model.opened) {
        model.view = node.clientWidth < NARROW ? 'world' : 'run';
      }
    }
    runAgain();
  }

  function draw() {
    node.style.setProperty('--n', String(model.columns.length));
    node.classList.toggle('touched', model.touched);
    node.style.setProperty('--at', String(model.at));
    for (const part of shown) part.update();
    buttons.forEach((button, at) => {
      const open = model.view === ['run', 'world', 'code'][at];
      button.setAttribute('aria-expanded', String(open));
    });
    pane.dataset.view = model.view;
    const { view } = model;
    const wanted =
      view === 'code' ? [panes.code] : view === 'map' ? [] : [panes.lanes, panes.world];
    const nodes = wanted.map((one) => one.node);
    if (nodes.some((one, at) => pane.children[at] !== one) || pane.children.length !== nodes.length) {
      pane.replaceChildren(...nodes);
    }
    for (const one of wanted) one.update();
    foot.update(here);
  }

  /** Behind what is seen: a hand on the handle waits for nothing. */
  function runAgain() {
    const mine = ++turn;
    setTimeout(async () => {
      if (mine !== turn) return;
      const found = await ranHere(model);
      if (mine !== turn) return;
      here = found;
      foot.update(here);
    });
  }
}
