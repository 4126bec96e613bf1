// The answers, all of them JSON.

import { getSystemErrorMap } from 'node:util';

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} [json] the body; 204 has none
 * @property {Record<string, string>} [headers]
 */

/**
 * @param {number} status
 * @param {unknown} value
 * @param {Record<string, string>} [headers]
 * @returns {Answer}
 */
export function json(status, value, headers) {
  return { status, json: JSON.stringify(value), headers };
}

/**
 * @param {number} status
 * @param {string} error a sentence
 * @param {Record<string, string>} [headers]
 * @returns {Answer}
 */
export function refused(status, error, headers) {
  return json(status, { error }, headers);
}

export const NO_FILE = refused(404, 'there is no such file');

/** No room, a quota of the system, a limit of the process. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/**
 * Why a save failed, or whatever else was thrown.
 * @param {unknown} error
 * @param {number} holds how many files the store has
 * @returns {Answer}
 */
export function failed(error, holds) {
  if (isAnswer(error)) return error;
  if (!(error instanceof Error)) return refused(500, String(error));
  if (error.name === 'AbortError') return refused(503, 'cancelled');
  const { code, errno } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code && errno !== undefined) {
    // Without the path that `message` has in it.
    const [, words = code] = getSystemErrorMap().get(errno) ?? [];
    return FULL.includes(code)
      ? refused(507, `the disk is full: ${words}`)
      : refused(500, `the disk refused: ${words}`);
  }
  if (error.message === 'over quota') {
    return refused(507, `over quota: the store holds ${holds} ${holds === 1 ? 'file' : 'files'}`);
  }
  return refused(500, error.message);
}

/**
 * Whether the system refused, rather than the program.
 * @param {unknown} error
 */
export function isOfTheDisk(error) {
  return error instanceof Error && error.name !== 'AbortError' && 'errno' in error;
}

/**
 * @param {unknown} it
 * @returns {it is Answer}
 */
function isAnswer(it) {
  return typeof it === 'object' && it !== null && 'status' in it;
}
