// Makes the children of a node the wanted ones, and touches only what differs:
// what stays the same costs the browser no layout and no painting.

/**
 * @param {Node} parent
 * @param {Node[]} wanted without listeners: those of a node that stays are not exchanged
 */
export function patch(parent, wanted) {
  const present = [...parent.childNodes];
  wanted.forEach((next, nth) => {
    const now = present[nth];
    if (!now) parent.appendChild(next);
    else if (now.nodeName !== next.nodeName) now.replaceWith(next);
    else if (now instanceof Element && next instanceof Element) patchElement(now, next);
    else if (now.nodeValue !== next.nodeValue) now.nodeValue = next.nodeValue;
  });
  for (const extra of present.slice(wanted.length)) extra.remove();
}

/**
 * @param {Element} now
 * @param {Element} next
 */
function patchElement(now, next) {
  for (const name of now.getAttributeNames()) {
    if (!next.hasAttribute(name)) now.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  patch(now, [...next.childNodes]);
}
