// Runs, and parts of their events, for the tests.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { loadScenario, parseCut, runVirtual } from '../../index.js';
import { contracts } from '../../load.js';

/** @import { Event } from '../../lab/recorder.js' */
/** @import { Contract, CreateWorld, Scenario } from '../../lab/scenario.js' */

export const RUNNER = fileURLToPath(
  new URL('../../runner/main.js', import.meta.url),
);

/** At once, inside each step, on each boundary, after the end, and never. */
export const CUTS = [
  'none', 'at-once', '0ms', '5ms', '10ms', '11ms', '510ms', '1010ms', '1011ms',
  '1500ms', '9000ms',
];

/** All scenarios. */
export const SCENARIOS = await Promise.all([...contracts.keys()].map(loadScenario));

export const saveFile = await loadScenario('save-file');

export const VARIANTS = Object.keys(saveFile.programs);

/**
 * A scenario for one test, with one variant, `only`.
 * @template P
 * @param {P} program
 * @param {CreateWorld<P>} createWorld
 * @param {Partial<Contract>} [contract]
 * @returns {Scenario<P>}
 */
export function madeUp(program, createWorld, contract) {
  return {
    id: 'made-up',
    contract: {
      who: 'client', caller: 'a', probes: [], others: [], steps: {},
      variants: [{ name: 'only', about: '' }],
      ...contract,
    },
    programs: { only: program },
    createWorld,
  };
}

/**
 * A run whose signal is aborted before the call.
 * @param {Scenario<any>} scenario
 * @param {string} variant
 */
export function runAborted(scenario, variant) {
  const program = scenario.programs[variant];
  const aborted = (/** @type {unknown} */ env) =>
    program(env, { signal: AbortSignal.abort() });
  const programs = { ...scenario.programs, [variant]: aborted };
  return runVirtual({ ...scenario, programs }, variant, { kind: 'none' });
}

/**
 * A run of save-file in virtual time.
 * @param {string} variant
 * @param {string} cut
 */
export function run(variant, cut) {
  return runVirtual(saveFile, variant, parseCut(cut));
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
 * What was returned to whom, as `1010 a saved`.
 * @param {Event[]} events
 */
export function returned(events) {
  return events
    .filter(({ kind }) => kind === 'returned')
    .map(({ at_ms, task, value, error }) => `${at_ms} ${task} ${value ?? error}`);
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
 * Runs a Node process to its end.
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
