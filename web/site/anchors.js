// Links to a place on the page itself. The end of the address says what the
// element shows, and they would overwrite it.

export function anchors() {
  document.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    /** @type {HTMLAnchorElement | null} */
    const link = /** @type {Element} */ (event.target).closest('a[href^="#"]');
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
    place.focus();
    place.scrollIntoView();
  });
}
