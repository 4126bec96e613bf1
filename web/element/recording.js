// Whether a recording is shown, or a run in this page.

/** @import { Model } from './model.js' */
/** @import { Language, Program } from './types.js' */
/**
 * A run in this page: whether it is of the rows and the cell that are shown, and
 * the text about it.
 * @typedef {{
 *   state: 'ran',
 *   languages: Language[],
 *   stands(model: Model): boolean,
 *   text(model: Model): { badge: string, differs: Element[] },
 * }} Ran
 */
/** @typedef {{ state: 'recorded' } | { state: 'running' } | Ran} Here */

/**
 * Some programs panic, reject what nobody handles, or need threads: a page shows their
 * recording and never runs them.
 * @param {Program} program
 */
export const canRunHere = ({ in_page }) => in_page !== false;

export const NOT_HERE = 'a page cannot run it';
