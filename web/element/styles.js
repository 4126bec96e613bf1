// One style sheet for all elements of a page.

import looks from './element.css?inline';
import sizes from './sizes.css?inline';
import tokens from './tokens.css?inline';

export const sheet = new CSSStyleSheet();
sheet.replaceSync(looks + sizes + tokens);
