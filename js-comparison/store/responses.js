// The responses of the store, all of them JSON.

import { getSystemErrorMap } from 'node:util';

/**
 * @typedef {object} JsonResponse
 * @property {number} status
 * @property {string} [body] 204 has none
 * @property {Record<string, string>} [headers]
 */

/**
 * @param {number} status
 * @param {unknown} value
 * @param {Record<string, string>} [headers]
 * @returns {JsonResponse}
 */
export function json(status, value, headers) {
  return { status, body: JSON.stringify(value), headers };
}

/** An error with the response that it leads to. */
export class HttpError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {Record<string, string>} [headers]
   */
  constructor(status, message, headers) {
    super(message);
    this.response = json(status, { error: message }, headers);
  }
}

/** The disk, a quota of the system or a limit of the process. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/**
 * The response to an error of a handler.
 * @param {unknown} error
 * @param {number} files how many files the store has
 * @returns {JsonResponse}
 */
export function errorResponse(error, files) {
  if (error instanceof HttpError) return error.response;
  if (!(error instanceof Error)) return json(500, { error: String(error) });
  if (error.name === 'AbortError') return json(503, { error: 'cancelled' });
  const { code, errno } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code && errno !== undefined) {
    // `message` also has the path.
    const [, text = code] = getSystemErrorMap().get(errno) ?? [];
    return FULL.includes(code)
      ? json(507, { error: `the disk is full: ${text}` })
      : json(500, { error: `the disk refused: ${text}` });
  }
  if (error.message === 'over quota') {
    const count = `${files} ${files === 1 ? 'file' : 'files'}`;
    return json(507, { error: `over quota: the store holds ${count}` });
  }
  return json(500, { error: error.message });
}

/**
 * Whether it is an error of the system, and not of the program.
 * @param {unknown} error
 */
export function isDiskError(error) {
  return error instanceof Error && error.name !== 'AbortError' && 'errno' in error;
}
