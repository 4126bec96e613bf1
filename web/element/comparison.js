// The whole comparison: map, handle, sentence, panes and footer.

import { afterPaint } from './after-paint.js';
import { h } from './dom.js';
import { footer } from './footer.js';
import { handle } from './handle.js';
import { map } from './map.js';
import { loadPanes, pane } from './pane.js';
import { sentence } from './sentence.js';
import { textures } from './textures.js';
import { whenResting } from './when-resting.js';

/** @import { Model } from './model.js' */
/** @import { Here } from './recording.js' */

/** If a run takes longer, the badge says that it is running. */
const SLOW_MS = 300;

/** Below this many em lanes and world are shown one at a time, as in the style sheet. */
const NARROW = 35;

/**
 * @param {Model} model
 * @returns {Promise<Here>}
 */
const runHere = (model) => import('./run-here.js').then(({ runShown }) => runShown(model), () => ({ state: 'recorded' }));

/**
 * @param {Model} model
 * @param {{ made: string | null, playground: string | null }} page
 * @param {{ chosen: () => void, failed: (error: unknown) => void }} element
 */
export function comparison(model, page, element) {
  /** @type {Here} */
  let here = { state: 'recorded' };
  let turn = 0;
  const act = {
    changed() {
      // The page must not get an error because of damaged data.
      try {
        touch();
        drawMap();
        follow();
      } catch (error) {
        element.failed(error);
        return;
      }
      element.chosen();
    },
    /**
     * @param {number} column
     * @param {number} [row] that was pointed at
     */
    seek(column, row) {
      const [cell, selected, picked] = [model.now, model.selected, model.picked];
      model.at = column;
      if (row !== undefined) model.pick(row);
      // A pointer moves often within one cell.
      if (model.now !== cell || model.selected !== selected || model.picked !== picked) act.changed();
    },
  };

  const grip = handle(model, act);
  const board = map(model, act, grip.node);
  const says = sentence(model, act);
  const foot = footer(model, page);
  const below = pane(model, act);
  /** The panes are the slowest part, so they are drawn one frame later. */
  const follow = afterPaint(() => {
    try {
      below.update();
    } catch (error) {
      element.failed(error);
    }
  });
  const run = whenResting(async () => {
    const mine = turn;
    const slow = setTimeout(() => ran(mine, { state: 'running' }), SLOW_MS);
    const found = await runHere(model);
    clearTimeout(slow);
    ran(mine, found);
  });
  const node = h('div', { class: 'comparison', role: 'group', 'aria-label': model.bundle.title },
    textures(),
    h('p', { class: 'title' }, h('b', { part: 'title' }, model.bundle.title), ' ', model.bundle.question),
    board.node, says.node, below.tabs, below.node, foot.node);
  // Loads the panes before they are needed.
  for (const near of ['pointerenter', 'focusin']) {
    node.addEventListener(near, () => loadPanes().catch(() => {}), { once: true });
  }

  return { node, draw, runAgain };

  /** The first touch opens what there is to see, and loads what runs it. */
  function touch() {
    if (!model.touched) {
      model.touched = true;
      if (!model.picked) model.selected = Math.max(model.faulty(), 0);
      if (model.view === 'map' && !model.opened) {
        model.view = node.clientWidth < NARROW * parseFloat(getComputedStyle(node).fontSize) ? 'world' : 'run';
      }
    }
    runAgain();
  }

  function draw() {
    drawMap();
    below.update();
  }

  function drawMap() {
    node.classList.toggle('touched', model.touched);
    for (const part of [board, grip, says]) part.update();
    if (here.state === 'ran' && !here.stands(model)) here = { state: 'recorded' };
    foot.update(here);
  }

  function runAgain() {
    turn += 1;
    run();
  }

  /**
   * @param {number} mine the turn for which it was run
   * @param {Here} found
   */
  function ran(mine, found) {
    if (mine !== turn) return;
    here = found;
    try {
      foot.update(here);
    } catch (error) {
      element.failed(error);
    }
  }
}
