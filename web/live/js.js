// The JavaScript programs, in the page itself: the modules that Node runs.

import {
  formatCut, loadScenario, parseCut, runLines, runVirtual,
} from '../../js-comparison/index.js';

/**
 * Runs a JavaScript program.
 * @param {string} id of the scenario
 * @param {string} variant
 * @param {string} text the cut
 * @returns {Promise<string>} the lines of the run
 */
export async function run(id, variant, text) {
  const scenario = await loadScenario(id);
  const cut = parseCut(text);
  const outcome = await runVirtual(scenario, variant, cut);
  return runLines({
    runtime: { browser: browser(navigator.userAgent) },
    scenario: id,
    variant,
    who: scenario.contract.who,
    mode: 'virtual',
    cut: formatCut(cut),
  }, outcome);
}

/**
 * `Chromium 156`: which browser this is, as far as it tells.
 * @param {string} userAgent
 */
export function browser(userAgent) {
  // User agents contain the names of other browsers, so the order matters.
  const known = [
    ['Firefox', /Firefox\/(\d+)/], ['Edge', /Edg\/(\d+)/],
    ['Chromium', /Chrome\/(\d+)/], ['Safari', /Version\/(\d+).*Safari/],
  ];
  for (const [name, pattern] of known) {
    const version = new RegExp(pattern).exec(userAgent)?.[1];
    if (version) return `${name} ${version}`;
  }
  return 'unknown';
}
