// Exports one run as a trace, to Perfetto or to a file.

import { fullName } from '../element/attributes.js';
import { NOT_HERE, canRunHere } from '../element/recording.js';
import { live } from './live.js';
import { programOptions } from './program-select.js';
import { byId, part, why } from './page.js';

/** @import { Shown } from './shown.js' */

const PERFETTO = 'https://ui.perfetto.dev';

/** Its page ignores messages until it is loaded, so it is asked repeatedly. */
const ASK_EVERY_MS = 50;

/** Longer than it takes to load over a slow connection. */
const PATIENCE_MS = 60_000;

/** @param {Shown} shown */
export function traceButtons(shown) {
  const of = part('select', 'trace-of');
  const says = byId('trace-says');
  byId('take-tools').hidden = false;
  const offer = programOptions(of, shown);
  offer();
  shown.onAny(offer);
  shown.onChange(() => { says.textContent = ''; });

  part('button', 'trace-save').addEventListener('click', async () => {
    try {
      const { name, json } = await trace();
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
      link.download = `${name}.json`;
      link.click();
      URL.revokeObjectURL(link.href);
      says.textContent = `Saved as ${link.download}.`;
    } catch (error) {
      says.textContent = why(error);
    }
  });

  part('button', 'trace-open').addEventListener('click', async () => {
    const reason = notHere();
    if (reason) {
      says.textContent = reason;
      return;
    }
    // Before any await: browsers open windows only directly after a click.
    const ui = window.open(PERFETTO);
    if (!ui) {
      says.textContent = 'The browser did not open a window; download the trace and open it there.';
      return;
    }
    try {
      const { name, json } = await trace();
      says.textContent = 'Waiting for Perfetto.';
      await ready(ui);
      const { buffer } = new TextEncoder().encode(json);
      ui.postMessage({ perfetto: { buffer, title: name, fileName: `${name}.json` } }, PERFETTO);
      says.textContent = 'Sent to Perfetto.';
    } catch (error) {
      ui.close();
      says.textContent = why(error);
    }
  });

  /** Why this page cannot make a trace of the program; empty if it can. */
  function notHere() {
    const program = shown.programs.find((one) => fullName(one) === of.value);
    if (!program || canRunHere(program)) return '';
    return `No trace from this page: ${NOT_HERE}. In a terminal, droppoint run ${of.value} --cut ${shown.cut} --format perfetto writes one.`;
  }

  async function trace() {
    const [language, variant] = of.value.split('/');
    const { bundle, cut } = shown;
    const reason = notHere();
    if (reason) throw new Error(reason);
    const { runHere, perfetto } = await live();
    const { ndjson } = await runHere(bundle.id, language, variant, cut);
    return { name: [bundle.id, language, variant, cut].join('-'), json: await perfetto(ndjson) };
  }
}

/**
 * Asks until it answers, as its documentation says.
 * @param {Window} ui
 * @returns {Promise<void>}
 */
function ready(ui) {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const ask = setInterval(() => {
      if (ui.closed) end(new Error('The window of Perfetto was closed.'));
      else ui.postMessage('PING', PERFETTO);
    }, ASK_EVERY_MS);
    const late = setTimeout(() => {
      end(new Error('Perfetto did not answer; download the trace and open it there.'));
    }, PATIENCE_MS);
    addEventListener('message', ({ source, origin, data }) => {
      if (source === ui && origin === PERFETTO && data === 'PONG') end();
    }, { signal: over.signal });

    /** @param {Error} [error] */
    function end(error) {
      clearInterval(ask);
      clearTimeout(late);
      over.abort();
      if (error) reject(error);
      else resolve();
    }
  });
}
