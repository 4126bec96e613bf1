// A store in a process of its own, and a folder for it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../store/main.js', import.meta.url));

/**
 * @param {import('node:test').TestContext} t
 * @returns {Promise<string>} a folder that is removed after the test
 */
export async function folder(t) {
  const dir = await mkdtemp(join(tmpdir(), 'droppoint-store-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/**
 * Starts a store and waits until it listens.
 * @param {import('node:test').TestContext} t
 * @param {string} dir
 * @param {string[]} args
 */
export async function store(t, dir, ...args) {
  const child = spawn(process.execPath, [MAIN, '--dir', dir, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  /** @type {string[]} */
  const said = [];
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      const [, url] = /^Listening on (\S+)/.exec(line) ?? [];
      if (url) resolve(url);
    });
    lines.on('close', () => reject(new Error(`it did not listen: ${said.join('\n')}`)));
  });
  return {
    address, said, child,
    /** @returns {Promise<number>} the exit code */
    async stop() {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code;
    },
    /** @param {string} path @param {RequestInit} [init] */
    ask: (path, init) => fetch(address + path, init),
    /** @param {unknown} body @param {RequestInit} [init] */
    save: (body, init) => fetch(`${address}/files`, { method: 'POST', body: JSON.stringify(body), ...init }),
    state: async () => jsonOf(await fetch(`${address}/state`)),
  };
}

/**
 * @param {Response} answer
 * @returns {Promise<any>}
 */
export async function jsonOf(answer) {
  return answer.json();
}

/**
 * Asks again until the condition holds, or until the time limit of the test.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(it: T) => boolean} isSo
 */
export async function until(ask, isSo) {
  for (;;) {
    const it = await ask();
    if (isSo(it)) return it;
  }
}
