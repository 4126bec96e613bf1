// Runs work when the handle has not moved for a moment.

const IDLE_MS = 150;

/**
 * @param {() => void} work runs once, when it was not requested for IDLE_MS
 */
export function whenResting(work) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  return () => {
    clearTimeout(later);
    later = setTimeout(work, IDLE_MS);
  };
}
