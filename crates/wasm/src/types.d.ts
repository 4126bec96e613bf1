export type Verdict =
  | 'stuck' | 'broken' | 'lost' | 'leaked' | 'finished' | 'clean' | 'done';

/** What is in a place of the world. */
export type Place =
  | { set: string[] }
  | { queue: string[] }
  | { map: Record<string, string> }
  | { flag: boolean }
  | { number: number };

/** The places by name. */
export type World = Record<string, Place>;

/**
 * Instant, task and kind of an event, then what its kind needs: see
 * `ShownEvent` in crates/judge.
 */
export type Ev = [
  at_ms: number, task: string, kind: string, ...rest: (string | number | null)[],
];

/** A judged run. */
export type Judged = {
  verdict: Verdict;
  /** The cut was never reached: the verdict means nothing. */
  unrealized?: true;
  /** Beside a strip: `orphan, quota 3/2`. */
  words: string;
  sentences: string[];
  /** What the caller was told: `saved`, `error: …`, `(gone)`. */
  told: string;
  /** For how many milliseconds the work went on after the cut. */
  went_on: number;
  /** Names the run by what happened in it. */
  digest: string;
  at_cut?: World;
  end: World;
  left?: { what: string; name: string }[];
  /** Without polls and wakes, in the order in which runs are compared. */
  events: Ev[];
};
