// FNV-1a, 32 bits: a checksum against accidents, such as a line cut short.

/**
 * @param {string} text
 * @returns {string} eight hex digits, over the UTF-8 bytes of the text
 */
export function digest(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    // Math.imul: an exact 32-bit product, where `*` would round.
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
