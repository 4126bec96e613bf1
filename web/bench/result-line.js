// A number beside its target.

/**
 * @param {string} name
 * @param {number} value
 * @param {number} most
 * @param {string} [unit]
 */
export function resultLine(name, value, most, unit = '') {
  const with_ = (/** @type {number} */ number) => `${Number(number.toFixed(1))}${unit && ` ${unit}`}`;
  const verdict = value > most ? `missed by ${with_(value - most)}` : `met, ${with_(most - value)} to spare`;
  return `${name} ${with_(value)}; at most ${with_(most)}: ${verdict}`;
}
