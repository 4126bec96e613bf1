/**
 * What every server does with a request, whatever serves it, and the facts
 * that it reports meanwhile. It never decides what they mean.
 *
 * Nobody stops a handler in Node; it can only listen. Each of these goes on
 * until its work is done, or its response is closed before that, or its request
 * fails, whichever comes first.
 */

// As long as in the published table.
const WORK = 2000;
// Between two parts of a response.
const TICK = 50;

const begun = process.hrtime.bigint();

// Ends with whoever started it.
process.stdin.on('end', () => process.exit()).resume();

/** @param {Record<string, unknown>} fact */
export function report(fact) {
  const at_us = Number((process.hrtime.bigint() - begun) / 1000n);
  process.stdout.write(`${JSON.stringify({ at_us, ...fact })}\n`);
}

/**
 * @typedef {import('node:http').IncomingMessage
 *   | import('node:http2').Http2ServerRequest} Request
 * @typedef {import('node:http').ServerResponse
 *   | import('node:http2').Http2ServerResponse} Response
 * @typedef {(fact: string) => void} End
 */

/**
 * Reports that a handler has begun and, once, how it ended.
 *
 * @param {string} id
 * @param {Request} request
 * @param {Response} response
 * @param {(end: End) => () => void} start starts the work, returns what stops it
 * @returns {Promise<void>}
 */
function handle(id, request, response, start) {
  report({ id, fact: 'begun' });
  return new Promise((resolve) => {
    let open = true;
    /** @type {End} */
    const end = (fact) => {
      if (!open) return;
      open = false;
      report({ id, fact });
      stop();
      resolve();
    };
    const stop = start(end);
    response.once('close', () => end('closed'));
    response.on('error', () => end('error'));
    request.on('error', () => end('error'));
  });
}

/**
 * Works for two seconds. A body that comes with the request stays unread.
 *
 * @param {string} id
 * @param {Request} request
 * @param {Response} response
 */
export const work = (id, request, response) =>
  handle(id, request, response, (end) => {
    const timer = setTimeout(end, WORK, 'finished');
    return () => clearTimeout(timer);
  });

/**
 * Reads the body, and waits two seconds for a part that does not come.
 *
 * @param {string} id
 * @param {Request} request
 * @param {Response} response
 */
export const read = (id, request, response) =>
  handle(id, request, response, (end) => {
    const timer = setTimeout(end, WORK, 'finished');
    request.on('data', () => {
      report({ id, fact: 'received' });
      timer.refresh();
    });
    request.once('end', () => end('complete'));
    return () => clearTimeout(timer);
  });

/**
 * Sends its response bit by bit, for two seconds.
 *
 * @param {string} id
 * @param {Request} request
 * @param {import('node:http').ServerResponse} response
 */
export const stream = (id, request, response) =>
  handle(id, request, response, (end) => {
    response.write('tick\n');
    let left = WORK / TICK;
    const timer = setInterval(() => {
      left -= 1;
      if (left === 0) end('finished');
      else response.write('tick\n');
    }, TICK);
    return () => clearInterval(timer);
  });
