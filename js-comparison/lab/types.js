// The shapes that several files speak of. Types only.

/** @import { Cut } from './cut.js' */
/** @import { Lab } from './lab.js' */
/** @import { Recorder, Event } from './recorder.js' */

/**
 * Marks a numbered step of the contract: `await at(2, promise)`.
 * @typedef {<T>(step: number, promise: PromiseLike<T> | T) => Promise<T>} At
 */

/**
 * `setTimeout` of node:timers/promises.
 * @typedef {<T = void>(
 *   ms?: number, value?: T, options?: { signal?: AbortSignal },
 * ) => Promise<T>} Sleep
 */

/**
 * `setInterval` of node:timers/promises.
 * @typedef {<T = void>(
 *   ms: number, value: T, options?: { signal?: AbortSignal },
 * ) => AsyncGenerator<T, void, void>} Interval
 */

/**
 * The part of node:fs/promises that the scenarios use.
 * @typedef {object} Disk
 * @property {(path: string, text: string, options?: { signal?: AbortSignal })
 *   => Promise<void>} writeFile
 * @property {(from: string, to: string) => Promise<void>} rename
 * @property {(path: string) => Promise<void>} unlink
 * @property {(path: string, options?: { force?: boolean }) => Promise<void>} rm
 */

/**
 * A set of names: what a `Set` does, as far as scenarios need it.
 * @typedef {object} NameSet
 * @property {(name: string) => void} add
 * @property {(name: string) => boolean} has
 * @property {(name: string) => boolean} delete
 * @property {number} size
 */

/**
 * A number that is counted up or down.
 * @typedef {{ add(n: number): void }} Count
 */

/**
 * Resolves, once it is this task's turn, to the function that unlocks. With a
 * signal that is aborted before, it rejects and has left the line.
 * @typedef {(options?: { signal?: AbortSignal }) => Promise<() => void>} Acquire
 */

/**
 * The receiving end of a queue. `next` is that of an async iterator; `take` is
 * the same, and heeds a signal.
 * @typedef {object} Inbox
 * @property {() => Promise<IteratorResult<string, undefined>>} next
 * @property {(options?: { signal?: AbortSignal }) =>
 *   Promise<IteratorResult<string, undefined>>} take
 */

/**
 * A place of the world as the end line shows it.
 * @typedef {{ set: string[] } | { queue: string[] } | { flag: boolean }
 *   | { map: Record<string, string> } | { number: number }} PlaceState
 */

/**
 * A real thing whose changes are effects. `state` asks the thing itself and
 * knows nothing of what was recorded.
 * @typedef {object} Place
 * @property {() => PlaceState | Promise<PlaceState>} state
 */

/** @typedef {Place & { for(task: string): Disk }} DiskPlace */

/**
 * A task: its name and what it may do under that name. (JavaScript in a page
 * has no task-local storage; so the name travels in what a task is given.)
 * @typedef {object} Task
 * @property {string} name
 * @property {At} at
 * @property {Sleep} sleep
 * @property {Interval} setInterval
 * @property {Exit} exit
 * @property {<T>(run: (task: Task) => Promise<T>) => Promise<T>} spawn calls it,
 *   and what it does has a name of its own
 */

/**
 * As process.exit: never returns.
 * @typedef {(code?: number) => never} Exit
 */

/**
 * What is particular to virtual or to real time.
 * @typedef {object} Arm
 * @property {'virtual' | 'real'} mode
 * @property {() => number} now `at_ms` of an event that happens now
 * @property {(owner: string) => Sleep} sleep timers are named after the owner
 * @property {(owner: string) => Interval} interval
 * @property {(ms: number, go: () => void) => void} after for the driver
 * @property {(cut: Cut, go: () => void,
 *   onEffect: (seen: () => void) => void) => void} plan calls `go` when the cut
 *   is reached, which may be never; `onEffect` tells of the caller's effects
 * @property {(recorder: Recorder, place: string) => DiskPlace} disk
 * @property {(horizon: number, over?: () => boolean) =>
 *   Promise<'quiet' | 'horizon'>} run lets time pass until nothing is runnable
 *   and nothing is pending, or it is `over`
 * @property {() => Left[]} left
 */

/** @typedef {{ what: 'timer' | 'task', name: string }} Left */

/**
 * The world of one run, set up for its programs.
 * @template P the program's type
 * @typedef {object} Stage
 * @property {(program: P, task: Task, signal: AbortSignal) => Promise<unknown>}
 *   call calls the program for a task
 * @property {Record<string, (task: Task) => Promise<void>>} [others] what the
 *   tasks of the world do
 * @property {() => void} [fire] with `who` = `inside`: the contract's event
 */

/**
 * The registration of a scenario: what its contract says about taking part.
 * @template P the program's type
 * @typedef {object} Scenario
 * @property {string} id
 * @property {'client' | 'in-process' | 'inside'} who who cuts
 * @property {string} [event] with `who` = `inside`: what happens at the cut
 * @property {string} caller
 * @property {string[]} probes
 * @property {string[]} [others] tasks of the world: they begin before the caller
 * @property {boolean} [endsProcess] whether the run ends with the process
 * @property {string[]} [ownProcess] variants that may end the process by an
 *   accident: they are run in one of their own
 * @property {boolean} [real] whether it is run in real time, too
 * @property {number} [horizon] in ms, where the run would not end by itself
 * @property {Record<number, string>} steps what is done in each step
 * @property {Record<string, P>} variants
 * @property {(lab: Lab) => Stage<P>} stage
 */

/**
 * @typedef {object} End
 * @property {'quiet' | 'horizon' | 'process' | 'unrealized'} ending
 * @property {Record<string, PlaceState>} world
 * @property {Left[]} left
 */

/** @typedef {{ events: Event[], end: End }} Outcome */

export {};
