// The search in the gallery. Without scripts the whole list is shown.

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
  // Browsers may restore the text after going back.
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
