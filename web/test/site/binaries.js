// The two binaries that the tests ask: as the recipes name them, else where
// cargo puts them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isAbsolute } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * @param {string | undefined} named relative to the repository
 * @param {string} name
 */
const binary = (named, name) => {
  const path = named ?? `${process.env.CARGO_TARGET_DIR ?? 'target'}/debug/${name}`;
  return isAbsolute(path) ? path : ROOT + path;
};

export const DROPPOINT = binary(process.env.DROPPOINT, 'droppoint');
export const PLAYGROUND = binary(process.env.PLAYGROUND, 'droppoint-playground');

/**
 * Starts the playground and waits until it says where it is.
 * @param {string[]} args
 */
export async function start(...args) {
  const child = spawn(PLAYGROUND, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text) => { complaint += text; });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal, complaint }));
  const line = once(createInterface(child.stdout), 'line').then(([text]) => String(text));
  const first = await Promise.race([line, ended]);
  const url = typeof first === 'string' ? /http:\S+\//.exec(first)?.[0] : undefined;
  return { child, ended, url: url ?? '' };
}
