// The body of an upload: read within its limits, then decoded.

import { visit } from 'jsonc-parser';

import { HttpError } from './responses.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Options } from './options.js' */

/** @typedef {Pick<Options, 'maxBody' | 'bodyTimeout'>} Limits */

/**
 * The text of an upload.
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {Limits} limits
 * @returns {Promise<string>}
 * @throws {HttpError} if the body is invalid, too large or too slow
 */
export async function readText(request, response, limits) {
  return decode(await readBody(request, response, limits));
}

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {Limits} limits
 * @returns {Promise<Buffer>}
 */
function readBody(request, response, { maxBody, bodyTimeout }) {
  return new Promise((resolve, reject) => {
    const rejectTooLarge = () =>
      reject(new HttpError(413, `the body is over ${maxBody} bytes`));
    // Before any of the body is read.
    if (Number(request.headers['content-length'] ?? 0) > maxBody) {
      rejectTooLarge();
      return;
    }
    // The client waits for this before it sends the body.
    if (request.headers.expect !== undefined) response.writeContinue();
    const timer = setTimeout(() => {
      reject(new HttpError(408, `the body did not arrive within ${bodyTimeout} ms`));
    }, bodyTimeout);
    /** @type {Buffer[]} */
    const chunks = [];
    let bytes = 0;
    request.on('data', (/** @type {Buffer} */ chunk) => {
      bytes += chunk.length;
      if (bytes > maxBody) {
        // Free what has been read.
        chunks.length = 0;
        rejectTooLarge();
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(new HttpError(400, 'the body is incomplete')));
    request.on('close', () => clearTimeout(timer));
  });
}

/** @param {Buffer} bytes */
function decode(bytes) {
  const body = decodeUtf8(bytes);
  const value = parseJson(body);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw invalid(`it is ${typeName(value)}`);
  }
  for (const name of Object.keys(value)) {
    if (name !== 'text') throw invalid(`unknown field ${JSON.stringify(name)}`);
  }
  if (!('text' in value)) throw invalid('the field "text" is missing');
  if (typeof value.text !== 'string') {
    throw invalid(`"text" is ${typeName(value.text)}, not a string`);
  }
  if (countFields(body) > 1) throw invalid('duplicate field "text"');
  // As UTF-8 it would become U+FFFD: the client would read another text.
  if (!value.text.isWellFormed()) throw invalid('"text" has a lone surrogate');
  return value.text;
}

// The messages of the platform differ from version to version, and are not sent
// to clients.

/** @param {Buffer} bytes */
function decodeUtf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid('it is not UTF-8');
  }
}

/**
 * @param {string} body
 * @returns {unknown}
 */
function parseJson(body) {
  try {
    return JSON.parse(body);
  } catch {
    throw invalid('it is not valid JSON');
  }
}

/**
 * The number of fields of a JSON object, duplicates included: of those,
 * JSON.parse keeps only the last.
 * @param {string} json
 */
function countFields(json) {
  let count = 0;
  visit(json, {
    onObjectProperty(_name, _offset, _length, _line, _column, pathOf) {
      if (pathOf().length === 0) count += 1;
    },
  });
  return count;
}

/** @param {unknown} value */
function typeName(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** @param {string} why */
function invalid(why) {
  return new HttpError(400, `the body is not {"text": "…"}: ${why}`);
}
