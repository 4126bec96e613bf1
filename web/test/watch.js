// What a browser itself measures, collected from the first moment.

/** @typedef {{ shift: number, long: number[] }} Seen */

export const WATCH = () => {
  /** @type {Seen} */
  const seen = { shift: 0, long: [] };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const entry of /** @type {any[]} */ (list.getEntries())) {
      if (!entry.hadRecentInput) seen.shift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.long.push(Math.round(duration));
  }).observe({ type: 'longtask', buffered: true });
};
