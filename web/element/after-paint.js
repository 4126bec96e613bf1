// Work that the next frame need not wait for.

/**
 * @param {() => void} work done once, however often it was asked for before
 */
export function afterPaint(work) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    // A frame's callbacks come before it is painted, a timer set there after.
    requestAnimationFrame(() => setTimeout(() => {
      due = false;
      work();
    }));
  };
}
