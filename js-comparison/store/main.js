#!/usr/bin/env node
// Saves files over HTTP, by the JavaScript programs of the scenario save-file.

import { once } from 'node:events';
import { openFolder } from './folder.js';
import { HELP, options } from './options.js';
import { createStore } from './server.js';
import { untilTold } from './stopping.js';
import { Trouble } from './trouble.js';

try {
  const asked = options(process.argv.slice(2));
  if (asked === 'help') process.stdout.write(HELP);
  else await serve(asked);
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}

/** @param {import('./options.js').Options} asked */
async function serve(asked) {
  const { dir, host, port, quota, variant } = asked;
  const { files, removed, others } = await openFolder(dir);
  console.log(`Found ${count(files.length, 'file')} in ${dir}; removed ${removed} with a temporary name.`);
  if (files.length > quota) console.log(`The quota of ${quota} is exceeded by ${files.length - quota}.`);
  for (const name of others) {
    console.warn(`warning: ${name} in ${dir} is no file of a store; it is left alone`);
  }
  const { server, saves, connections } = await createStore(asked, files);
  await listen(server, host, port);
  const { address, port: own } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`Listening on http://${address.includes(':') ? `[${address}]` : address}:${own} (js/${variant})`);
  await untilTold();
  const before = saves.ended;
  await connections.end();
  // Those of clients that have left.
  await saves.drained();
  console.log(`Stopped; ${count(saves.ended - before, 'save')} finished.`);
}

/**
 * @param {import('node:http').Server} server
 * @param {string} host
 * @param {number} port
 */
async function listen(server, host, port) {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new Trouble(code === 'EADDRINUSE'
      ? `port ${port} is in use on ${host}: choose another with --port, or 0 for any`
      : `cannot listen on ${host}, port ${port}: ${message}`, 1);
  }
}

/**
 * `no files`, `1 file`, `2 files`
 * @param {number} n
 * @param {string} noun
 */
function count(n, noun) {
  return n === 1 ? `1 ${noun}` : `${n || 'no'} ${noun}s`;
}
