// Pages of somebody's that hold the element.

/**
 * @typedef {object} Page
 * @property {string} body
 * @property {string} [csp]
 * @property {string} [head]
 * @property {boolean} [alone] loads nothing from its own origin
 */

/** The fallback as `droppoint embed` would put it there. */
const FALLBACK = '<table><tr><td>Rust naive</td><td>broken</td></tr></table>';

/**
 * @param {string} [attributes]
 */
export const embed = (attributes = '') =>
  `<drop-point scenario="save-file" programs="rust/naive go/naive js/naive" ${attributes}>${FALLBACK}</drop-point>`;

const OWN_FILES = `<link rel="stylesheet" href="/page.css">
<link rel="stylesheet" href="/drop-point.css">
<script type="module" src="/drop-point.js"></script>`;

/** @param {Page} page */
export const html = ({ body, head = '', alone }) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A post</title>
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
${alone ? '' : OWN_FILES}${head}</head>
<body><main><h1>A post</h1>${body}</main></body></html>`;

export const CSS = 'body{margin:20px auto;max-width:820px;padding:0 16px;font:16px/1.5 "DejaVu Sans",sans-serif}h1{font-size:20px}';

export const THIRTY = Array.from({ length: 30 }, (_, n) => `<p>Part ${n}</p>${embed()}`).join('');
