// A scenario's program, by the name of its variant.

/** @import { Scenario } from './types.js' */

/**
 * Whether a variant may end the process by an accident.
 * @param {Scenario<any>} scenario
 * @param {string} variant
 */
export function ownProcess({ ownProcess: some = [] }, variant) {
  return some.includes(variant);
}

/**
 * @template P
 * @param {Scenario<P>} scenario
 * @param {string} variant
 * @returns {P}
 * @throws {Error} that names the variants, if this is none of them
 */
export function programOf(scenario, variant) {
  // Its own keys only: every object answers to `toString`.
  if (!Object.hasOwn(scenario.variants, variant)) {
    const known = Object.keys(scenario.variants).join(', ');
    throw new Error(
      `no variant \`${variant}\` of ${scenario.id}; there are ${known}`,
    );
  }
  return scenario.variants[variant];
}
