// Runs work after the next frame is painted.

/**
 * @param {() => void} work done once, however often it was asked for before
 */
export function afterPaint(work) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    // requestAnimationFrame runs before the paint, a timer that is set there after it.
    requestAnimationFrame(() => setTimeout(() => {
      due = false;
      work();
    }));
  };
}
