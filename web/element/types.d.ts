/** The shapes that the recorded data of a scenario has. */

export type Verdict =
  | 'stuck' | 'broken' | 'lost' | 'leaked' | 'finished' | 'clean' | 'done';
export type Language = 'rust' | 'go' | 'js';

export type Place =
  | { set: string[] }
  | { queue: string[] }
  | { map: Record<string, string> }
  | { flag: boolean }
  | { number: number };
export type World = Record<string, Place>;

export type Ev = [at_ms: number, task: string, kind: string, ...rest: any[]];

export interface Run {
  verdict: Verdict;
  unrealized?: true;
  words: string;
  sentences: string[];
  told: string;
  went_on: number;
  digest: string;
  at_cut?: World;
  end: World;
  left?: { what: string; name: string }[];
  events: Ev[];
}

export interface Cell {
  cut: string;
  head: string;
  times?: string;
  step?: number;
  from?: number;
  to?: number;
}

export interface Program {
  language: Language;
  name: string;
  about: string;
  declares: 'hazard' | 'partial' | 'safe';
  lesson?: string;
  confirmed: boolean;
  /** A page shows the recording: it cannot run this. */
  in_page?: false;
  /** Cells that the language leaves to chance, with all that may come up. */
  chance?: { cell: number; digests: string[] }[];
  runs: Run[];
}

export interface Bundle {
  schema: 1;
  id: string;
  title: string;
  question: string;
  about: string;
  group: string;
  /** One of those to begin with. */
  start_here?: true;
  who: 'client' | 'in-process' | 'inside';
  event?: string;
  caller: string;
  probes: string[];
  /** Tasks of the world around. */
  others?: string[];
  steps: { n: number; title: string; doing: string }[];
  places: Record<string, {
    kind: 'set' | 'queue' | 'map' | 'flag' | 'number';
    noun?: string;
    about: string;
    /** How a story says that something came to it, or left it. */
    arrives?: string;
    leaves?: string;
    registration?: true;
  }>;
  reading: { title: string; url: string }[];
  runtime: Record<Language, Record<string, string>>;
  cells: Cell[];
  programs: Program[];
}

/** A program's source, as lines of [class of token, text] pairs. */
export interface Code {
  file: string;
  lines: { steps?: number[]; tokens: [string, string][] }[];
}

/** The chunk that runs programs in the page. */
export interface Live {
  runHere(
    scenario: string, language: Language, variant: string, cut: string,
  ): Promise<{ run: Run; ndjson: string }>;
  capabilities: { rust: boolean; js: boolean; go: 'absent' | 'loadable' | 'loading' | 'ready' };
}
