// The runner protocol: requests on standard input, runs on standard output.

import { errorLine } from '../index.js';
import { answer } from './answer.js';

/** More than any request needs; a longer line is not kept in memory. */
const MOST = 64 << 10;

/** Serves until the input ends. */
export async function serve() {
  process.stdin.setEncoding('utf8');
  let line = '';
  let tooLong = false;
  for await (const chunk of process.stdin) {
    const parts = /** @type {string} */ (chunk).split('\n');
    for (const [i, part] of parts.entries()) {
      if (i > 0) {
        await reply(line, tooLong);
        line = '';
        tooLong = false;
      }
      if (line.length + part.length > MOST) tooLong = true;
      line = tooLong ? '' : line + part;
    }
  }
  // A last line without its break is answered all the same.
  if (line || tooLong) await reply(line, tooLong);
}

/**
 * @param {string} line
 * @param {boolean} tooLong
 */
async function reply(line, tooLong) {
  const text = tooLong
    ? errorLine(`a request has at most ${MOST} characters`)
    : await answer(line);
  // Written out before the next request is looked at: whoever reads sees a
  // whole run or none, and a slow reader slows the runner down.
  // (What cannot be written ends the process: see main.js.)
  await new Promise((/** @type {(_: void) => void} */ resolve) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve();
    });
  });
}
