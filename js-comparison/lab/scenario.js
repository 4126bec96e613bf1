// A scenario: its contract, its programs and the world that they act on.

/** @import { Lab } from './lab.js' */
/** @import { Task } from './types.js' */

/**
 * What the contract says about a run. (scenarios/contracts.js)
 * @typedef {object} Contract
 * @property {'client' | 'in-process' | 'inside'} who who cancels
 * @property {string} caller the task that is cancelled
 * @property {string[]} probes tasks that call the program after the caller
 * @property {string[]} others tasks of the world: they start before the caller
 * @property {number} [horizon_ms] when the run ends, if nothing else ends it
 * @property {boolean} [process] whether the run ends with its process
 * @property {boolean} [real] whether it also runs in real time
 * @property {Record<string, string>} steps
 * @property {Variant[]} variants
 */

/**
 * @typedef {object} Variant
 * @property {string} name
 * @property {string} about
 * @property {boolean} [in_page] false: it may end the process that runs it
 */

/**
 * The world of one run, and how its programs are called.
 * @template P the type of a program
 * @typedef {object} World
 * @property {(program: P, task: Task, signal: AbortSignal) => Promise<unknown>}
 *   call calls the program for a task
 * @property {Record<string, (task: Task) => Promise<void>>} [others] what the
 *   contract's `others` do
 * @property {() => void} [fire] with `who` = `inside`: the contract's event
 */

/**
 * @template P the type of a program
 * @typedef {(lab: Lab) => World<P>} CreateWorld
 */

/**
 * @template P the type of a program
 * @typedef {object} Scenario
 * @property {string} id
 * @property {Contract} contract
 * @property {Record<string, P>} programs by the name of the variant
 * @property {CreateWorld<P>} createWorld
 */

/**
 * The name under which a program file exports the program of a variant:
 * `signalTake` for `signal-take`.
 * @param {string} variant
 */
export function exportName(variant) {
  return variant.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/**
 * @param {Pick<Scenario<any>, 'id' | 'contract'>} scenario
 * @param {string} name of the variant
 * @returns {Variant}
 * @throws {Error} that names the variants, if there is no such variant
 */
export function variantOf({ id, contract: { variants } }, name) {
  const variant = variants.find((it) => it.name === name);
  if (variant) return variant;
  const known = variants.map((it) => it.name).join(', ');
  throw new Error(`no variant \`${name}\` of ${id}; there are ${known}`);
}

/**
 * @template P
 * @param {Scenario<P>} scenario
 * @param {string} variant
 * @returns {P}
 * @throws {Error} if there is no such variant, or no program for it
 */
export function programOf(scenario, variant) {
  variantOf(scenario, variant);
  const program = scenario.programs[variant];
  if (program) return program;
  throw new Error(`scenarios/${scenario.id}.js does not export `
    + `\`${exportName(variant)}\`, the program of the variant \`${variant}\``);
}
