// Types that several files use.

/** @import { Cut } from './cut.js' */
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
 * The part of `Set` that the scenarios use.
 * @typedef {object} NameSet
 * @property {(name: string) => void} add
 * @property {(name: string) => boolean} has
 * @property {(name: string) => boolean} delete
 * @property {number} size
 */

/**
 * A number to which a task adds; a negative number is subtracted.
 * @typedef {{ add(n: number): void }} Counter
 */

/**
 * Locks a mutex, and resolves to the function that unlocks it. If the signal is
 * aborted before that, it rejects and does not wait for the lock any more.
 * @typedef {(options?: { signal?: AbortSignal }) => Promise<() => void>} Acquire
 */

/**
 * The receiving end of a queue. `next` is that of an async iterator; `take` does
 * the same and accepts a signal.
 * @typedef {object} Inbox
 * @property {() => Promise<IteratorResult<string, undefined>>} next
 * @property {(options?: { signal?: AbortSignal }) =>
 *   Promise<IteratorResult<string, undefined>>} take
 */

/**
 * The state of a place as the end line shows it.
 * @typedef {{ set: string[] } | { queue: string[] } | { flag: boolean }
 *   | { map: Record<string, string> } | { number: number }} PlaceState
 */

/**
 * A place of the world: it reports its changes as effects. `state` reads the
 * thing itself and not what was recorded.
 * @typedef {object} Place
 * @property {() => PlaceState | Promise<PlaceState>} state
 */

/** @typedef {Place & { for(task: string): Disk }} DiskPlace */

/**
 * What one task is given: its name, and functions that record under that name.
 * (A page has no AsyncLocalStorage, so the name is passed on this way.)
 * @typedef {object} Task
 * @property {string} name
 * @property {At} at
 * @property {Sleep} sleep
 * @property {Interval} setInterval
 * @property {Exit} exit
 * @property {<T>(run: (task: Task) => Promise<T>) => Promise<T>} spawn calls
 *   `run` as a task with a name of its own
 */

/**
 * `process.exit`: it never returns.
 * @typedef {(code?: number) => never} Exit
 */

/**
 * What differs between virtual and real time.
 * @typedef {object} Backend
 * @property {'virtual' | 'real'} mode
 * @property {() => number} now the `at_ms` of an event that happens now
 * @property {(owner: string) => Sleep} sleep its timers belong to the owner
 * @property {(owner: string) => Interval} interval
 * @property {(ms: number, callback: () => void) => void} after a timer of the
 *   driver
 * @property {(cut: Cut, callback: () => void,
 *   onEffect: (listener: () => void) => void) => void} plan calls back when the
 *   cut is reached, which may be never; `onEffect` subscribes to the caller's
 *   effects
 * @property {(recorder: Recorder, place: string) => DiskPlace} disk
 * @property {(horizon: number, isOver?: () => boolean) =>
 *   Promise<'quiet' | 'horizon'>} run lets time pass until nothing is runnable
 *   and nothing is pending, until the horizon, or until `isOver` returns true
 * @property {() => Leftover[]} left
 */

/**
 * What is still there when a run has ended.
 * @typedef {{ what: 'timer', name: string }} Leftover
 */

/**
 * @typedef {object} End
 * @property {'quiet' | 'horizon' | 'process' | 'unrealized'} ending
 * @property {Record<string, PlaceState>} world
 * @property {Leftover[]} left
 */

/** @typedef {{ events: Event[], end: End }} Outcome */

export {};
