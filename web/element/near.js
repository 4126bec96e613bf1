// Tells an element when it comes near the reader's window.

/** @type {WeakMap<Element, () => void>} */
const waiting = new WeakMap();

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      waiting.get(target)?.();
    }
  },
  { rootMargin: '200px 0px' },
);

/**
 * @param {Element} element
 * @param {() => void} then
 */
export function whenNear(element, then) {
  waiting.set(element, then);
  observer.observe(element);
}

let line = Promise.resolve();

/** Elements that come near together are built one a task, not in one long one. */
export function nextTask() {
  line = line.then(() => new Promise((resolve) => setTimeout(resolve)));
  return line;
}

/** @param {Element} element */
export function forget(element) {
  observer.unobserve(element);
}
