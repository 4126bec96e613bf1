// Puts the parts together, and redraws those that are seen.

import { h } from './dom.js';
import { footer } from './footer.js';
import { handle } from './handle.js';
import { ranHere } from './here.js';
import { map } from './map.js';
import { loadPanes, pane } from './pane.js';
import { sentence } from './sentence.js';
import { textures } from './textures.js';

/** @import { Model } from './model.js' */
/** @import { Here } from './here.js' */

/** Below this many pixels lanes and world are shown one at a time. */
const NARROW = 560;

/**
 * @param {Model} model
 * @param {{ made: string | null, playground: string | null }} page
 * @param {{ chosen: () => void, failed: (error: unknown) => void }} element
 */
export function face(model, page, element) {
  /** @type {Here} */
  let here = { state: 'recorded' };
  let turn = 0;
  const act = {
    changed() {
      // Whatever is wrong with the data is not the page's affair.
      try {
        touch();
        draw();
      } catch (error) {
        element.failed(error);
        return;
      }
      element.chosen();
    },
    /** @param {number} column */
    seek(column) { model.at = column; act.changed(); },
  };

  const grip = handle(model, act);
  const board = map(model, act, grip.node);
  const says = sentence(model, act);
  const foot = footer(model, page);
  const below = pane(model, act);
  const node = h('div', { class: 'face', role: 'group', 'aria-label': model.bundle.title },
    textures(),
    h('p', { class: 'title' }, h('b', {}, model.bundle.title), ' ', model.bundle.question),
    board.node, says.node, below.tabs, below.node, foot.node);
  // Whoever comes near will touch.
  for (const near of ['pointerenter', 'focusin']) {
    node.addEventListener(near, () => loadPanes().catch(() => {}), { once: true });
  }

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
    node.classList.toggle('touched', model.touched);
    for (const part of [board, grip, says, below]) part.update();
    foot.update(here);
  }

  /** After what is seen is painted: a hand on the handle waits for nothing. */
  function runAgain() {
    const mine = ++turn;
    requestAnimationFrame(() => setTimeout(async () => {
      if (mine !== turn) return;
      const found = await ranHere(model);
      if (mine !== turn) return;
      here = found;
      try {
        foot.update(here);
      } catch (error) {
        element.failed(error);
      }
    }));
  }
}
