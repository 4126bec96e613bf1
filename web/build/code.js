// The source of every program, as lines of tokens with their steps. A token
// has a class and no style, which a strict CSP would forbid.

import { readFile } from 'node:fs/promises';
import { createHighlighter } from 'shiki';
import { BLANK, partOf } from './part.js';
import { steps } from './steps.js';

const ROOT = new URL('../../', import.meta.url);

/** @type {Record<string, { lang: 'rust' | 'go' | 'javascript', file: (id: string) => string }>} */
export const LANGUAGES = {
  rust: { lang: 'rust', file: (id) => `crates/scenarios/src/${id.replaceAll('-', '_')}.rs` },
  go: { lang: 'go', file: (id) => `go-comparison/scenarios/${id.replaceAll('-', '_')}.go` },
  js: { lang: 'javascript', file: (id) => `js-comparison/scenarios/${id}.js` },
};

/** A kind that is drawn as the text is. */
const PLAIN = 'p';

/** What a theme would colour, by the beginning of a scope; the first that fits. */
const KINDS = [
  ['comment', 'c'],
  ['punctuation.definition.comment', 'c'],
  ['string', 's'],
  ['punctuation.definition.string', 's'],
  ['entity.name.function', 'f'],
  ['support.function', 'f'],
  ['entity.name.type', 't'],
  ['entity.name.class', 't'],
  ['support.type', 't'],
  ['storage.type', 'k'],
  ['storage', 'k'],
  ['keyword.operator', PLAIN],
  ['keyword', 'k'],
  ['constant', 'v'],
  ['variable.language', 'v'],
];

/** A theme whose "colours" are the classes' names. */
const THEME = {
  name: 'classes',
  type: /** @type {const} */ ('light'),
  fg: '#000000',
  bg: '#ffffff',
  settings: KINDS.toReversed().map(([scope, kind]) => ({
    scope: [scope], settings: { foreground: hex(kind) },
  })),
};

/** @param {string} kind */
function hex(kind) {
  return `#0000${kind.charCodeAt(0).toString(16)}`;
}

const NAMES = new Map(KINDS.map(([, kind]) => [hex(kind), kind]));

/** Made once, because loading the grammars is slow. */
const highlights = createHighlighter({
  themes: [THEME], langs: Object.values(LANGUAGES).map(({ lang }) => lang),
});

/** @param {{ id: string, programs: { language: string, name: string }[] }} bundle */
export async function codeOf({ id, programs }) {
  const highlighter = await highlights;
  /** @type {Record<string, unknown>} */
  const found = {};
  for (const { language, name } of programs) {
    const { lang, file } = LANGUAGES[language];
    const path = file(id);
    const text = await readFile(new URL(path, ROOT), 'utf8');
    const part = partOf(text, name, path);
    const { tokens } = highlighter.codeToTokens(text, { lang, theme: 'classes' });
    const lines = text.split('\n');
    found[`${language}/${name}`] = {
      file: path,
      lines: part.map((at) => {
        const marked = at === BLANK ? [] : steps(lines[at], language);
        return {
          ...(marked.length ? { steps: marked } : {}),
          tokens: at === BLANK ? [] : joined(tokens[at]),
        };
      }),
    };
  }
  return { programs: found };
}

/**
 * Neighbours of one kind are one token.
 * @param {{ content: string, color?: string }[]} tokens
 */
function joined(tokens) {
  /** @type {[string, string][]} */
  const out = [];
  for (const { content, color } of tokens) {
    const found = NAMES.get(color?.toLowerCase() ?? '') ?? '';
    const kind = found === PLAIN ? '' : found;
    const last = out.at(-1);
    if (last && (last[0] === kind || !content.trim())) last[1] += content;
    else out.push([kind, content]);
  }
  return out;
}
