// From an input to the frame that shows it, as the browser itself traces it.
//
// Event Timing in a page rounds to 8 ms and waits for the display; what the
// page can do something about is in between. A trace has each stage by name.

/** @import { Browser } from '@playwright/test' */

/** Nothing is done in these: the browser waits for the next beat of the display. */
const WAITS = new Set(['RendererMainFinishedToBeginImplFrame', 'EndActivateToSubmitCompositorFrame']);

/** Moves of a pointer are reported once per frame. */
const HELD = 'RendererCompositorToMain';

/** The last stage of an input that led to a frame. */
const SHOWN = 'SubmitCompositorFrameToPresentationCompositorFrame';

/**
 * @typedef {object} Latency
 * @property {number} painted ms of work, from the input until its frame is drawn
 * @property {number} shown ms until it was on the display, waits included
 */

/** @typedef {{ name: string, ph: string, ts: number, pid: number, cat: string, id2?: { local?: string }, args: any }} TraceEvent */

/**
 * Traces what `use` does.
 * @param {Browser} browser
 * @param {string} type of the inputs: KEY_PRESSED, MOUSE_DRAGGED
 * @param {() => Promise<void>} use
 * @returns {Promise<Latency[]>}
 */
export async function traced(browser, type, use) {
  const client = await browser.newBrowserCDPSession();
  /** @type {TraceEvent[]} */
  const events = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(.../** @type {any[]} */ (value)));
  const complete = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['cc', 'benchmark', 'input'] },
  });
  await use();
  await client.send('Tracing.end');
  await complete;
  await client.detach();
  return latencies(events, type);
}

/**
 * @param {TraceEvent[]} events
 * @param {string} type
 */
function latencies(events, type) {
  /** @typedef {{ begun: number, waited: number, shown: boolean, open: Map<string, number> }} Open */
  /** Ids are used again. @type {Map<string, Open>} */
  const open = new Map();
  /** @type {Latency[]} */
  const found = [];
  for (const { name, ph, ts, pid, id2, args } of events.toSorted((a, b) => a.ts - b.ts)) {
    const id = `${pid} ${id2?.local}`;
    if (name === 'EventLatency' && ph === 'b') {
      if (args.event_latency?.event_type === type) {
        open.set(id, { begun: ts, waited: 0, shown: false, open: new Map() });
      } else {
        open.delete(id);
      }
      continue;
    }
    const input = open.get(id);
    if (!input) continue;
    if (ph === 'b') input.open.set(name, ts);
    if (ph !== 'e') continue;
    if (name === 'EventLatency') {
      open.delete(id);
      const all = ts - input.begun;
      if (input.shown) found.push({ painted: (all - input.waited) / 1000, shown: all / 1000 });
      continue;
    }
    const lasted = ts - (input.open.get(name) ?? ts);
    if (WAITS.has(name) || (name === HELD && type.startsWith('MOUSE'))) input.waited += lasted;
    input.shown ||= name === SHOWN;
  }
  return found;
}

/**
 * @param {number[]} numbers
 * @param {number} share
 */
export function percentile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)];
}
