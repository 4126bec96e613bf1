// <drop-point>: one scenario on a page. The content of the element is a fallback,
// shown until the recorded data is loaded, and if it cannot be loaded.

import { PageError } from './assets.js';
import { parsePrograms, parseView, fullName } from './attributes.js';
import { loadBundle } from './bundle.js';
import { h } from './dom.js';
import { comparison } from './comparison.js';
import { Model } from './model.js';
import { forget, nextTask, whenNear } from './near.js';
import { GLYPHS } from './verdicts.js';
import { sheet } from './styles.js';

/** @import { View } from './model.js' */

/** If the data takes longer, the element says that it is loading. */
const SLOW_MS = 300;

export class DropPoint extends HTMLElement {
  static observedAttributes = ['scenario', 'programs', 'cancel-at', 'row', 'view', 'made', 'playground'];

  #note = h('p', { class: 'note', role: 'note', hidden: true });
  #stage = h('div', { class: 'content' }, h('slot'));
  /** @type {ReturnType<typeof comparison> | undefined} */
  #comparison;
  /** @type {Model | undefined} */
  #model;
  #near = false;
  #due = false;
  /** The element itself is writing its attributes. */
  #own = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#note, this.#stage);
  }

  connectedCallback() {
    this.#reserve();
    if (this.#near) return;
    whenNear(this, () => {
      this.#near = true;
      this.#refresh();
    });
  }

  disconnectedCallback() {
    forget(this);
  }

  /**
   * @param {string} _name
   * @param {string | null} was
   * @param {string | null} is
   */
  attributeChangedCallback(_name, was, is) {
    if (was === is || this.#own || !this.#near || this.#due) return;
    // Several attributes that are set in one task are one change.
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#refresh();
    });
  }

  get scenario() { return this.getAttribute('scenario') ?? ''; }
  set scenario(id) { this.setAttribute('scenario', id); }

  get programs() { return this.getAttribute('programs') ?? ''; }
  set programs(names) { this.setAttribute('programs', names); }

  get cancelAt() { return this.getAttribute('cancel-at') ?? 'none'; }
  set cancelAt(cut) { this.setAttribute('cancel-at', cut); }

  get row() { return this.getAttribute('row') ?? '1'; }
  set row(nth) { this.setAttribute('row', nth); }

  get view() { return this.getAttribute('view') ?? 'map'; }
  set view(view) { this.setAttribute('view', view); }

  get made() { return this.getAttribute('made') ?? ''; }
  set made(version) { this.setAttribute('made', version); }

  /** One sign for each row, as in the terminal: `X>>`. */
  get saw() {
    const model = this.#model;
    return model ? model.rows.map((row) => GLYPHS[model.run(row).verdict]).join('') : '';
  }

  /**
   * Focuses the handle.
   * @override
   * @param {FocusOptions} [options]
   */
  focus(options) {
    /** @type {HTMLElement | null} */
    const handle = this.#stage.querySelector('input[type=range]');
    handle?.focus(options);
  }

  /** Runs the shown cell in this page again: another language may be loaded. */
  runAgain() {
    this.#comparison?.runAgain();
  }

  async #refresh() {
    const id = this.scenario;
    const slow = setTimeout(() => this.#stage.append(h('p', { class: 'note', role: 'status' }, 'Loading the comparison.')), SLOW_MS);
    try {
      const bundle = await loadBundle(id);
      if (!this.#model) await nextTask();
      // Another scenario was asked for in the meantime.
      if (id !== this.scenario) return;
      const programs = parsePrograms(bundle, this.getAttribute('programs'));
      const model = new Model(bundle, programs, this.cancelAt);
      const view = parseView(this.view);
      // Later there may be fewer rows than when one was selected.
      const most = this.#model ? 99 : model.rows.length;
      if (!/^[1-9]\d?$/.test(this.row) || Number(this.row) > most) {
        throw new PageError(`Invalid row “${this.row.slice(0, 80)}”: there are 1 to ${model.rows.length}.`);
      }
      this.#take(model, view);
    } catch (error) {
      // Another scenario may be shown by now.
      if (id === this.scenario) this.#fail(error);
    } finally {
      clearTimeout(slow);
    }
  }

  /**
   * @param {Model} model
   * @param {View} view
   */
  #take(model, view) {
    const old = this.#model;
    model.view = view;
    if (old && old.bundle === model.bundle) {
      model.touched = old.touched;
      model.opened = old.opened;
      // The attribute calls both of them run.
      if (old.view === 'world' && view === 'run') model.view = 'world';
    }
    model.selected = Math.min(Number(this.row), model.rows.length) - 1;
    model.picked = this.hasAttribute('row');
    this.#model = model;
    const page = { made: this.getAttribute('made'), playground: this.getAttribute('playground') ?? playgroundOfPage() };
    this.#comparison = comparison(model, page, {
      chosen: () => this.#chosen(model),
      failed: (error) => {
        if (this.#model === model) this.#fail(error);
      },
    });
    this.#comparison.draw();
    if (model.touched) this.#comparison.runAgain();
    this.#note.hidden = true;
    const focused = this.#stage.contains(this.shadowRoot?.activeElement ?? null);
    this.#stage.replaceChildren(this.#comparison.node);
    // The part that had the focus was replaced: keyboard users continue at the handle.
    if (focused) this.focus({ preventScroll: true });
  }

  /**
   * The reader chose something: updates the attributes and dispatches an event.
   * @param {Model} model
   */
  #chosen(model) {
    const programs = model.rows.map(fullName);
    this.#own = true;
    this.setAttribute('programs', programs.join(' '));
    this.setAttribute('cancel-at', model.cut);
    this.row = String(model.selected + 1);
    this.setAttribute('view', model.view === 'world' ? 'run' : model.view);
    this.#own = false;
    this.dispatchEvent(new CustomEvent('change', { detail: { cut: model.cut, programs, row: model.selected + 1 } }));
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#comparison = this.#model = undefined;
    this.#note.textContent =
      error instanceof PageError ? error.message : 'This comparison could not be shown.';
    this.#note.hidden = false;
    this.#stage.replaceChildren(h('slot'));
    if (error instanceof PageError && error.choice) this.#hint(error.message, error.choice);
  }

  /**
   * Loads the search for similar names only when a name is wrong.
   * @param {string} message
   * @param {{ name: string, names: string[] }} choice
   */
  async #hint(message, { name, names }) {
    const { didYouMean } = await import('./did-you-mean.js').catch(() => ({ didYouMean: () => '' }));
    // Something else may be shown by now.
    if (this.#note.textContent === message) this.#note.textContent = `${message} ${didYouMean(name, names)}`.trim();
  }

  /** Reserves the height of the comparison, so that the page does not jump. */
  #reserve() {
    const rows = Math.min(this.programs.trim().split(/[\s,]+/).filter(Boolean).length || 3, 12);
    this.#stage.style.setProperty('--rows', String(rows));
  }
}

/** A page with many elements says once where its playground is; without that there is no link. */
function playgroundOfPage() {
  return document.querySelector('meta[name=droppoint-playground]')?.getAttribute('content') ?? null;
}

if (!customElements.get('drop-point')) customElements.define('drop-point', DropPoint);
