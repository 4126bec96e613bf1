// The body of an upload: read within its limits, then understood.

import { refused } from './answers.js';

/** @import { IncomingMessage } from 'node:http' */
/** @import { Options } from './options.js' */

/**
 * The text of an upload.
 * @param {IncomingMessage} request
 * @param {Pick<Options, 'maxBody' | 'bodyTimeout'>} limits
 * @returns {Promise<string>}
 * @throws {import('./answers.js').Answer} for a client that sent something
 *   else, too much, or too slowly
 */
export async function textOf(request, limits) {
  return understood(await read(request, limits));
}

/**
 * @param {IncomingMessage} request
 * @param {Pick<Options, 'maxBody' | 'bodyTimeout'>} limits
 * @returns {Promise<Buffer>}
 */
function read(request, { maxBody, bodyTimeout }) {
  return new Promise((resolve, reject) => {
    const tooLarge = () => reject(refused(413, `the body is over ${maxBody} bytes`));
    // Said before a single byte of it is read.
    if (Number(request.headers['content-length'] ?? 0) > maxBody) {
      tooLarge();
      return;
    }
    const timer = setTimeout(() => {
      reject(refused(408, `the body did not arrive within ${bodyTimeout} ms`));
    }, bodyTimeout);
    /** @type {Buffer[]} */
    const chunks = [];
    let bytes = 0;
    request.on('data', (/** @type {Buffer} */ chunk) => {
      bytes += chunk.length;
      if (bytes > maxBody) {
        // What has come already is not kept.
        chunks.length = 0;
        tooLarge();
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(refused(400, 'the body broke off')));
    request.on('close', () => clearTimeout(timer));
  });
}

/** @param {Buffer} bytes */
function understood(bytes) {
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    throw wrong(/** @type {Error} */ (error).message);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw wrong(`an object is due, and here is ${kind(value)}`);
  }
  for (const name of Object.keys(value)) {
    if (name !== 'text') throw wrong(`unknown field ${JSON.stringify(name)}`);
  }
  if (!('text' in value)) throw wrong('the field "text" is missing');
  if (typeof value.text !== 'string') {
    throw wrong(`"text" is a string, and here is ${kind(value.text)}`);
  }
  return value.text;
}

/** @param {unknown} value */
function kind(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** @param {string} why */
function wrong(why) {
  return refused(400, `the body is not {"text": "…"}: ${why}`);
}
