// The search in the gallery. Without it the whole list stands there.

import { byId, part } from './page.js';

export function find() {
  const field = part('input', 'find-words');
  const says = byId('find-says');
  const tiles = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.tile')]);
  const groups = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.group')]);
  byId('find').hidden = false;

  field.addEventListener('input', show);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && field.value) {
      event.preventDefault();
      field.value = '';
      show();
    }
    if (event.key !== 'Enter') return;
    const first = tiles.find((tile) => !tile.hidden);
    first?.querySelector('a')?.focus();
  });
  // A browser that goes back may have kept the words.
  if (field.value) show();

  function show() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const tile of tiles) {
      tile.hidden = !words.every((word) => tile.dataset.words?.includes(word));
    }
    for (const group of groups) {
      group.hidden = !group.querySelector('.tile:not([hidden])');
    }
    const found = tiles.filter((tile) => !tile.hidden).length;
    says.textContent = words.length
      ? `${found || 'None'} of ${tiles.length} scenarios${found ? '' : '; Escape shows all of them'}` : '';
  }
}
