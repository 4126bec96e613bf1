// A select with the programs of the shown rows.

import { fullName } from '../element/attributes.js';
import { TITLES } from '../element/verdicts.js';

/** @import { Shown } from './shown.js' */

/**
 * It goes with the row that is selected in the element; what a reader chooses
 * here stays until then. Options that would be the same are left as they are.
 * @param {HTMLSelectElement} select
 * @param {Shown} shown
 * @returns {() => void} for when something else is shown
 */
export function programOptions(select, shown) {
  let row = '';
  return () => {
    const { programs } = shown;
    const names = programs.map(fullName);
    if (names.join() !== [...select.options].map(({ value }) => value).join()) {
      const was = select.value;
      select.replaceChildren(...programs.map(({ language, name }, nth) =>
        new Option(`${TITLES[language]} ${name}`, names[nth], false, names[nth] === was)));
    }
    if (names[shown.row] === row) return;
    row = names[shown.row];
    select.value = row;
  };
}
