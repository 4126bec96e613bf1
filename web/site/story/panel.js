// Story: one run, event by event, with the world beside it.

import { fullName } from '../../element/attributes.js';
import { h } from '../../element/dom.js';
import { NOT_HERE, canRunHere } from '../../element/recording.js';
import { compareRun } from '../../element/compare-run.js';
import { TITLES } from '../../element/verdicts.js';
import { whenResting } from '../../element/when-resting.js';
import { live } from '../live.js';
import { programOptions } from '../program-select.js';
import { byId } from '../page.js';
import { internals } from './internals.js';
import { storyOf } from './steps.js';
import { world } from './world.js';

/** @import { Program } from '../../element/types.js' */
/** @import { Shown } from '../shown.js' */
/** @import { Story } from './steps.js' */

/** The result of comparing a run in this page with the recording. */
const FOUND = {
  same: 'From a run in this page; the recording says the same.',
  chance: 'From a run in this page; the recording has another of the outcomes that are left to chance.',
  differs: 'From a run in this page; the recording differs.',
};

/**
 * @param {Shown} shown
 * @param {HTMLElement} node
 */
export function storyPanel(shown, node) {
  const { bundle } = shown;
  /** @type {Story} */
  let story;
  let at = 0;
  let touched = false;
  let turn = 0;
  /** The run that is shown, to see whether another one is asked for. */
  let key = '';
  /** What has been run here. */
  let ran = '';

  const of = h('select', {
    change: () => {
      touched = true;
      shown.event = undefined;
      refresh();
      shown.noted();
    },
  });
  const offer = programOptions(of, shown);
  const back = button('Back', -1);
  const on = button('Next', 1);
  const count = h('span');
  // Only a step of the reader is spoken. A change of the run is spoken by the
  // element.
  const heard = h('span', { class: 'heard', role: 'status' });
  const title = h('p', { class: 'caption', id: 'events-of' });
  const list = h('ol', {
    class: 'events', role: 'listbox', tabindex: 0, 'aria-labelledby': title.id, keydown: press,
    click: (/** @type {MouseEvent} */ event) => {
      const option = /** @type {Element} */ (event.target).closest('[role=option]');
      if (option) { touch(); go([...list.querySelectorAll('[role=option]')].indexOf(option)); }
    },
  });
  const beside = h('div', { class: 'beside' });
  const source = h('p', { class: 'small' });
  const inside = internals(() => { touch(); });

  node.append(
    h('div', { class: 'tools' }, h('label', {}, 'Story of ', of), back, on, count, heard),
    h('div', { class: 'story' }, h('div', {}, title, list), beside), source, inside.node);
  node.hidden = false;
  const follow = whenResting(refresh);
  shown.onAny(() => {
    touched = true;
    follow();
  });
  refresh();

  /**
   * @param {string} text
   * @param {number} way
   */
  function button(text, way) {
    const it = h('button', {
      type: 'button',
      click: () => {
        if (it.ariaDisabled === 'true') return;
        touch();
        go(at + way);
      },
    }, text);
    return it;
  }

  /** @returns {Program} */
  function program() {
    return shown.programs.find((one) => fullName(one) === of.value) ?? shown.programs[0];
  }

  /** Shows another run if the program or the cut has changed. */
  function refresh() {
    offer();
    const now = `${of.value} ${shown.cut}`;
    if (now !== key) {
      key = now;
      heard.textContent = '';
      const one = program();
      title.textContent = `Events of the run: ${TITLES[one.language]} ${one.name}`;
      const next = storyOf(bundle, one.language, one.runs[shown.cell].events);
      if (shown.event && shown.event > next.steps.length) missing(shown.event, next.steps.length);
      show(next, shown.event ? shown.event - 1 : next.steps.findIndex(({ kind }) => kind === 'cancel-requested'));
      source.textContent = 'From the recording.';
      inside.show(undefined, one.language === 'rust' && canRunHere(one));
    } else if (shown.event && shown.event - 1 !== at) {
      at = within(shown.event - 1);
      draw();
    }
    if (touched && ran !== key) runHere();
  }

  /**
   * @param {number} event that an address asks for
   * @param {number} most
   */
  function missing(event, most) {
    byId('link-note').textContent = `This link asks for event ${event}, but this run has ${most}. The last one is shown.`;
    shown.event = most;
  }

  function touch() {
    if (touched) return;
    touched = true;
    runHere();
  }

  /** Runs the program here. Before the first use, and where it cannot run, the recording is shown. */
  async function runHere() {
    const mine = ++turn;
    const wanted = key;
    const one = program();
    const { language, name } = one;
    const { cut, cell } = shown;
    if (!canRunHere(one)) {
      source.textContent = `From the recording: ${NOT_HERE}.`;
      return;
    }
    try {
      const { capabilities, runHere } = await live();
      if (language === 'go' && capabilities.go !== 'ready') {
        if (mine === turn) source.textContent = 'From the recording: “Run Go here” above has not been pressed.';
        return;
      }
      const { run, ndjson } = await runHere(bundle.id, language, name, cut);
      if (mine !== turn) return;
      ran = wanted;
      showAgain(storyOf(bundle, language, ndjson));
      inside.show(story, language === 'rust');
      inside.upTo(story.steps[at].upTo);
      source.textContent = FOUND[compareRun(one, cell, run)];
    } catch (error) {
      console.info(`droppoint: ${wanted} was not run in this page.`, error);
      if (mine === turn) source.textContent = 'From the recording.';
    }
  }

  /**
   * A run in the page may order the events of one instant differently: the same
   * event stays selected.
   * @param {Story} next
   */
  function showAgain(next) {
    const marked = story.steps[at];
    const same = next.steps.findIndex((step) => step.text === marked.text && step.at === marked.at);
    // The text of the first event may occur twice.
    show(next, at && same >= 0 ? same : at);
  }

  /**
   * @param {Story} next
   * @param {number} from the event that is marked
   */
  function show(next, from) {
    story = next;
    at = within(from);
    let instant = -1;
    list.replaceChildren(...next.steps.map((step, nth) => {
      const fresh = step.at !== instant;
      instant = step.at;
      return h('li', { role: 'option', id: `event-${nth}`, 'data-kind': step.kind },
        h('span', { class: fresh ? 'when' : 'when again' }, `${step.at} ms`),
        h('span', {}, step.text));
    }));
    draw();
  }

  /** @param {number} event */
  function within(event) {
    return Math.min(Math.max(event, 0), story.steps.length - 1);
  }

  /**
   * A reader's step.
   * @param {number} to
   */
  function go(to) {
    at = within(to);
    draw();
    // While the list has the focus, screen readers speak its selected option.
    heard.textContent = document.activeElement === list
      ? '' : `${count.textContent}: ${story.steps[at].at} ms, ${story.steps[at].text}`;
    // The address has the event only if the story is of the selected row.
    shown.event = program() === shown.programs[shown.row] ? at + 1 : undefined;
    shown.noted();
  }

  function draw() {
    const options = [...list.querySelectorAll('[role=option]')];
    options.forEach((option, nth) => option.setAttribute('aria-selected', String(nth === at)));
    list.setAttribute('aria-activedescendant', `event-${at}`);
    reveal(list, /** @type {HTMLElement} */ (options[at]));
    count.textContent = `Event ${at + 1} of ${options.length}`;
    back.setAttribute('aria-disabled', String(at === 0));
    on.setAttribute('aria-disabled', String(at === options.length - 1));
    beside.replaceChildren(world(bundle, story.steps[at]));
    inside.upTo(story.steps[at].upTo);
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = story.steps.length - 1;
    /** @type {Record<string, number>} */
    const ways = {
      ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: last,
    };
    if (!(event.key in ways)) return;
    event.preventDefault();
    touch();
    go(ways[event.key]);
  }
}

/**
 * Scrolls the list and not the page.
 * @param {HTMLElement} list
 * @param {HTMLElement | undefined} item
 */
function reveal(list, item) {
  if (!item) return;
  const above = item.offsetTop;
  if (above < list.scrollTop) list.scrollTop = above;
  const below = above + item.offsetHeight - list.clientHeight;
  if (below > list.scrollTop) list.scrollTop = below;
}
