// The handle: a native range input over the columns, with a button on each side.

import { h, s } from './dom.js';

/** @import { Model } from './model.js' */

/**
 * @param {Model} model
 * @param {{ changed: () => void, seek: (column: number) => void }} act
 */
export function handle(model, act) {
  const range = h('input', {
    type: 'range', min: 0, step: 1,
    'aria-label': model.bundle.who === 'client' ? 'When the client leaves' : `When: ${model.event}`,
    input: () => act.seek(range.valueAsNumber),
    keydown: (/** @type {KeyboardEvent} */ event) => {
      const way = { PageUp: 1, PageDown: -1 }[event.key];
      if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      act.seek(model.change(/** @type {1 | -1} */ (way)));
    },
  });
  const back = button('Earlier', 'M12 5l-5 5 5 5', () => act.seek(model.at - 1));
  const on = button('Later', 'M8 5l5 5-5 5', () => act.seek(model.at + 1));
  const where = h('div', { class: 'where', 'aria-hidden': 'true' });
  const here = `: ${model.event.replace(/^./, (first) => first.toLowerCase())} here`;
  const hint = h('div', { class: 'hint' },
    h('span', { class: 'keys' }, `drag, or press ←${here}`),
    h('span', { class: 'touch' }, `drag, or tap a column${here}`));
  const node = h('div', { class: 'handle' }, back, h('div', { class: 'track' }, range, hint), where, on);

  return {
    node,
    update() {
      range.max = String(model.columns.length - 1);
      range.valueAsNumber = model.at;
      range.setAttribute('aria-valuetext', model.valueText);
      // Not `disabled`: a disabled button loses the keyboard focus.
      back.setAttribute('aria-disabled', String(model.at === 0));
      on.setAttribute('aria-disabled', String(model.at === model.columns.length - 1));
      where.replaceChildren(...(model.cut === 'none' ? [] : [`${model.event}:`, h('br')]), model.where);
      node.classList.toggle('fresh', !model.touched && model.cut === 'none');
    },
  };
}

/**
 * @param {string} label
 * @param {string} arrow
 * @param {() => void} click
 */
const button = (label, arrow, click) => {
  const node = h('button', {
    type: 'button', class: 'nudge', 'aria-label': label,
    click: () => { if (node.ariaDisabled !== 'true') click(); },
  }, s('svg', { width: 20, height: 20, 'aria-hidden': 'true' }, s('path', { d: arrow })));
  return node;
};
