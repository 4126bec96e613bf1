// The runner protocol: requests on standard input, runs on standard output.

import { errorLine } from '../index.js';
import { parseRequest } from './request.js';
import { formatLines, run } from './run.js';

/** More than any request needs; a longer line is not kept in memory. */
const MAX_LINE = 64 << 10;

/** Serves until the end of the input. */
export async function serve() {
  process.stdin.setEncoding('utf8');
  let line = '';
  let tooLong = false;
  for await (const chunk of process.stdin) {
    const parts = /** @type {string} */ (chunk).split('\n');
    for (const [i, part] of parts.entries()) {
      if (i > 0) {
        await respond(line, tooLong);
        line = '';
        tooLong = false;
      }
      if (line.length + part.length > MAX_LINE) tooLong = true;
      line = tooLong ? '' : line + part;
    }
  }
  // The last line may lack its line break.
  if (line || tooLong) await respond(line, tooLong);
}

/**
 * @param {string} line
 * @param {boolean} tooLong
 */
async function respond(line, tooLong) {
  const text = tooLong
    ? errorLine(`a request has at most ${MAX_LINE} characters`)
    : await answer(line);
  // The next request is read when this is written: a reader sees whole runs only,
  // and a slow reader slows the runner down. (An error ends the process: main.js.)
  await new Promise((/** @type {(_: void) => void} */ resolve) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve();
    });
  });
}

/**
 * One run, or one error line.
 * @param {string} text a request
 * @returns {Promise<string>}
 */
async function answer(text) {
  try {
    const request = await parseRequest(text);
    return formatLines(request, await run(request));
  } catch (error) {
    return errorLine(error instanceof Error ? error.message : String(error));
  }
}
