// Short hands for the tests.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { catalogue, parseCut, runVirtual } from '../../index.js';

/** @import { Event } from '../../lab/recorder.js' */
/** @import { Scenario } from '../../lab/types.js' */

export const RUNNER = fileURLToPath(
  new URL('../../runner/main.js', import.meta.url),
);

/** At once, inside each step, on each boundary, after the end, and never. */
export const CUTS = [
  'none', 'at-once', '0ms', '5ms', '10ms', '11ms', '510ms', '1010ms', '1011ms',
  '1500ms', '9000ms',
];

/**
 * @param {string} id
 * @returns {Scenario<any>}
 */
export function scenarioOf(id) {
  const scenario = catalogue.get(id);
  if (!scenario) throw new Error(`no scenario ${id}`);
  return scenario;
}

export const saveFile = scenarioOf('save-file');

export const VARIANTS = Object.keys(saveFile.variants);

/**
 * A run of save-file in virtual time.
 * @param {string} variant
 * @param {string} cut
 */
export function run(variant, cut) {
  return runVirtual(saveFile, variant, parseCut(cut));
}

/**
 * Runs of a scenario's variants in virtual time.
 * @param {string} id
 * @returns {(variant: string, cut: string) => ReturnType<typeof runVirtual>}
 */
export function runsOf(id) {
  const scenario = scenarioOf(id);
  return (variant, cut) => runVirtual(scenario, variant, parseCut(cut));
}

/**
 * Effects as `1010 a index add a`.
 * @param {Event[]} events
 */
export function effects(events) {
  return events
    .filter(({ kind }) => kind === 'effect')
    .map(({ at_ms, task, place, op, item, value, n }) =>
      [at_ms, task, place, op, item, value, n].filter((it) => it !== undefined)
        .join(' '));
}

/**
 * Who was told what, as `1010 a saved`.
 * @param {Event[]} events
 */
export function answers(events) {
  return events
    .filter(({ kind }) => kind === 'returned')
    .map(({ at_ms, task, value, error }) => `${at_ms} ${task} ${value ?? error}`);
}

/**
 * The waits, as `0 a begun 1`, `10 a ended 1`.
 * @param {Event[]} events
 */
export function waits(events) {
  return events.filter(({ kind }) => kind.startsWith('wait-'))
    .map(({ at_ms, task, kind, step }) =>
      `${at_ms} ${task} ${kind.slice('wait-'.length)} ${step}`);
}

/**
 * Events of one kind, as `510 a`.
 * @param {Event[]} events
 * @param {string} kind
 */
export function of(events, kind) {
  return events.filter((it) => it.kind === kind)
    .map(({ at_ms, task }) => `${at_ms} ${task}`);
}

/**
 * Runs a Node program to its end.
 * @param {string[]} args
 * @param {{ input?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<{ code: number | null, out: string, err: string }>}
 */
export function node(args, { input = '', env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

/**
 * Serves requests in a process of its own.
 * @param {string} input
 */
export function serve(input) {
  return node([RUNNER, '--serve'], { input });
}

/**
 * @param {Record<string, string>} [fields]
 */
export function requestLine(fields) {
  return `${JSON.stringify({
    scenario: 'save-file', variant: 'naive', cut: 'none', ...fields,
  })}\n`;
}
