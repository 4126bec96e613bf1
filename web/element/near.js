// Calls back when an element comes near the visible part of the page.

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

let queue = Promise.resolve();

/** Elements that come near together are built in one task each, not in one long task. */
export function nextTask() {
  queue = queue.then(() => new Promise((resolve) => setTimeout(resolve)));
  return queue;
}

/** @param {Element} element */
export function forget(element) {
  observer.unobserve(element);
}
