// "Run Go here": the programs have megabytes, so a reader loads them with a button.

import { asset } from '../element/assets.js';
import { live } from './live.js';
import { byId, part, why } from './page.js';

/** @import { Shown } from './shown.js' */

const READY = 'Go now runs in this page.';

/** @param {Shown} shown */
export function goButton(shown) {
  const size = Number(byId('go').dataset.size);
  const run = part('button', 'go-run');
  const cancel = part('button', 'go-cancel');
  const progress = part('progress', 'go-progress');
  const says = byId('go-says');
  if (!size) {
    says.textContent = 'This copy has no Go programs; the results of Go are recordings.';
    return;
  }
  run.hidden = false;

  run.addEventListener('click', async () => {
    const giveUp = new AbortController();
    cancel.addEventListener('click', () => giveUp.abort(), { signal: giveUp.signal });
    busy(true);
    try {
      const { loadGo, offerGo } = await live();
      giveUp.signal.throwIfAborted();
      offerGo({
        url: new URL(asset('go/droppoint.wasm')),
        exec: new URL(asset('go/wasm_exec.js')),
        size,
      });
      await loadGo(show, giveUp.signal);
      const held = document.activeElement === cancel;
      busy(false);
      run.hidden = true;
      says.textContent = READY;
      // The button that had the focus is hidden now.
      if (held) says.focus();
      shown.point.runAgain();
      shown.changed();
    } catch (error) {
      const held = document.activeElement === cancel;
      busy(false);
      says.textContent = giveUp.signal.aborted ? 'Cancelled.' : why(error);
      if (held) run.focus();
    }
  });

  /** @param {boolean} is */
  function busy(is) {
    run.hidden = is;
    cancel.hidden = progress.hidden = !is;
    if (!is) return;
    progress.removeAttribute('value');
    says.textContent = 'Loading the Go programs.';
    cancel.focus();
  }

  /**
   * @param {number} loaded
   * @param {number | undefined} total
   */
  function show(loaded, total) {
    if (!total) return;
    progress.max = total;
    progress.value = loaded;
    if (loaded >= total) says.textContent = 'Preparing the Go programs.';
  }
}
