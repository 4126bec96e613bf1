// One style sheet for all elements of a page.

import looks from './element.css?inline';
import sizes from './sizes.css?inline';

/** @param {string} css */
export function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

export const sheet = sheetOf(looks + sizes);
