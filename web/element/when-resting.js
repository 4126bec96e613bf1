// Work that waits until a hand has come to rest: one that moves waits for nothing.

const RESTS_MS = 150;

/**
 * @param {() => void} work done once, when nobody has asked for it for a while
 */
export function whenResting(work) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  return () => {
    clearTimeout(later);
    later = setTimeout(work, RESTS_MS);
  };
}
