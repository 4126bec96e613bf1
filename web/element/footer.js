// Where the result comes from: a recording, or a run in this page.

import { h } from './dom.js';
import { GLYPHS } from './verdicts.js';
import { fullName } from './attributes.js';
import { NOT_HERE, canRunHere } from './recording.js';

/** @import { Model } from './model.js' */
/** @import { Here } from './recording.js' */

/** The usual spelling of their names. @type {Record<string, string>} */
const NAMES = { go: 'Go', node: 'Node' };

/**
 * @param {Model} model
 * @param {{ made: string | null, playground: string | null }} page
 */
export function footer(model, page) {
  const badge = h('span', { class: 'badge', role: 'status' });
  const versions = h('span');
  const link = h('a', { class: 'playground' }, 'Open in playground');
  const differs = h('ul', { class: 'differs' });
  return {
    node: h('div', { class: 'footer' }, badge, versions, ...(page.playground ? [link] : []), differs),
    /** @param {Here} here */
    update(here) {
      const ran = here.state === 'ran' ? here : undefined;
      const { badge: text, differs: other } = ran?.text(model) ?? { badge: badgeText(model, here), differs: [] };
      say(badge, text);
      badge.dataset.state = other.length ? 'differs' : here.state;
      say(versions, versionsText(model, ran?.languages ?? [], page.made));
      const to = address(model, page.playground);
      if (to) link.href = to;
      link.hidden = !to;
      differs.hidden = !other.length;
      differs.replaceChildren(...other);
    },
  };
}

/**
 * Screen readers speak a status whenever it is set, so it is set only when it changes.
 * @param {Element} node
 * @param {string} text
 */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * @param {Model} model
 * @param {Here} here
 */
function badgeText({ rows, bundle }, here) {
  if (here.state === 'running') return 'running in this page';
  if (!rows.some(canRunHere)) return `recorded: ${NOT_HERE}`;
  const rust = rows.find(({ language }) => language === 'rust') ?? rows[0];
  const [name, version] = Object.entries(bundle.runtime[rust.language] ?? {}).at(-1) ?? ['', ''];
  return `recorded, ${NAMES[name] ?? name} ${version}`;
}

/**
 * @param {Model} model
 * @param {import('./types.js').Language[]} here what ran in this page
 * @param {string | null} made
 */
function versionsText({ rows, bundle }, here, made) {
  const languages = [...new Set(rows.map(({ language }) => language))];
  const list = languages.map((language) => {
    const own = Object.entries(bundle.runtime[language] ?? {});
    const rest = here.length && !here.includes(language) ? ' (recorded)' : '';
    return own.map(([name, version]) => `${NAMES[name] ?? name} ${version}`).join(' · ') + rest;
  });
  return [...list, ...(made ? [`embed ${made.slice(0, 40)}`] : [])].join(' · ');
}

/**
 * The same rows and cut on the scenario's own page, with what was seen here.
 * @param {Model} model
 * @param {string | null} playground
 */
function address(model, playground) {
  const base = playground && onTheWeb(playground);
  if (!base) return '';
  const url = new URL(`s/${model.bundle.id}/`, base);
  const programs = model.rows.map((row) => fullName(row).replace('/', '.')).join(',');
  const saw = model.rows.map((row) => GLYPHS[model.run(row).verdict].trim() || '_').join('');
  url.hash = `programs=${programs}&at=${model.cut}&saw=${encodeURIComponent(saw)}`;
  return url.href;
}

/**
 * An attribute can contain anything; only http and https addresses become links.
 * @param {string} text
 */
function onTheWeb(text) {
  try {
    const url = new URL(text, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}
