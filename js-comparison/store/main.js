#!/usr/bin/env node
// Saves files over HTTP, by the JavaScript programs of the scenario save-file.

import { once } from 'node:events';
import { openFolder } from './folder.js';
import { HELP, parseOptions } from './options.js';
import { createStore } from './server.js';
import { shutdownSignal } from './shutdown-signal.js';
import { StartError } from './start-error.js';

try {
  const parsed = parseOptions(process.argv.slice(2));
  if (parsed === 'help') process.stdout.write(HELP);
  else await serve(parsed);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}

/** @param {import('./options.js').Options} options */
async function serve(options) {
  const { dir, host, port, quota, variant } = options;
  const { files, removed, others } = await openFolder(dir);
  console.log(`Found ${count(files.length, 'file')} in ${dir}; removed ${removed} with a temporary name.`);
  if (files.length > quota) console.log(`The quota of ${quota} is exceeded by ${files.length - quota}.`);
  for (const name of others) {
    console.warn(`warning: ${name} in ${dir} is not a file of a store; it is ignored`);
  }
  const { server, saves, connections } = await createStore(options, files);
  await listen(server, host, port);
  const { address, port: bound } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`Listening on http://${address.includes(':') ? `[${address}]` : address}:${bound} (js/${variant})`);
  await shutdownSignal();
  const before = saves.ended;
  await connections.end();
  // Saves go on when their client has left.
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
    throw new StartError(code === 'EADDRINUSE'
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
