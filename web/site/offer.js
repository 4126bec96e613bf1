// The rows as the options of a select.

import { fullName } from '../element/asked.js';
import { TITLES } from '../element/verdicts.js';

/** @import { Program } from '../element/types.js' */

/**
 * The chosen one stays chosen where it is among them. Options that would be the
 * same are left as they are.
 * @param {HTMLSelectElement} select
 * @param {Program[]} programs
 */
export function offer(select, programs) {
  const names = programs.map(fullName);
  if (names.join() === [...select.options].map(({ value }) => value).join()) return;
  const was = select.value;
  select.replaceChildren(...programs.map(({ language, name }, nth) =>
    new Option(`${TITLES[language]} ${name}`, names[nth], false, names[nth] === was)));
}
