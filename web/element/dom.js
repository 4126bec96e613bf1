// Makes elements. It parses no HTML and writes no style attribute, so the element
// works on a page with a strict CSP and Trusted Types.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @typedef {string | number | boolean | undefined | ((event: any) => void)} Value
 * @typedef {Record<string, Value>} Attributes
 */

/**
 * @template {Element} T
 * @param {T} node
 * @param {Attributes} attributes functions are listeners
 * @param {(Node | string)[]} children
 */
function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children);
  return node;
}

/**
 * An HTML element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 */
export const h = (tag, attributes = {}, ...children) =>
  build(document.createElement(tag), attributes, children);

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 */
export const s = (tag, attributes = {}, ...children) =>
  build(document.createElementNS(SVG, tag), attributes, children);

/**
 * Replaces the children only when the key changes.
 * @param {Element} node
 */
export function renewing(node) {
  let shown = '';
  /**
   * @param {string} key everything that the children depend on
   * @param {() => (Node | string)[]} make
   */
  return (key, make) => {
    if (key === shown) return;
    shown = key;
    node.replaceChildren(...make());
  };
}

/**
 * A head such as `(2) writing`, its number in a circle.
 * @param {string} head
 */
export function numbered(head) {
  const found = /^\((\d+)\) (.*)$/.exec(head);
  return found
    ? [h('b', { class: 'n' }, found[1]), h('span', {}, found[2])]
    : [h('span', {}, head)];
}
