// A loop waits for messages and for its heartbeat at once.
// Is a message ever lost?
//
//   (1) wait for a message, or for the heartbeat, every 6 ms
//   (2) wait 3 ms until the next stage is ready, pass it on
// Aborting the `signal` makes what waits in (1) reject; that
// ends the loop. A message in (2) is passed on first. (For a
// heartbeat alone no race is needed: a timer's callback runs
// during any await. This scenario is about the race.)

const BEAT = Symbol('beat');

/**
 * Calls next() in every round. A promise that has lost the
 * race still waits for a message, and what it gets is not
 * read.
 * @type {Program}
 */
export async function racedNext(env, { signal }) {
  const { at, sleep, setInterval, inbox, passed } = env;

  const beats = setInterval(6, BEAT, { signal });
  let beat;
  try {
    for (;;) {
      signal.throwIfAborted();
      beat ??= beats.next();
      const first = Promise.race([inbox.next(), beat]);
      const { done, value } = await at(1, first);
      if (done) return `${passed.size} passed`;
      if (value === BEAT) {
        beat = undefined;
      } else {
        await at(2, sleep(3));
        passed.add(value);
      }
    }
  } finally {
    // Stops the timer, once the pending beat is settled.
    void beats.return();
  }
}

/**
 * Keeps the promise until it is read. One that still waits
 * when the loop ends takes a message with it.
 * @type {Program}
 */
export async function keptNext(env, { signal }) {
  const { at, sleep, setInterval, inbox, passed } = env;

  const beats = setInterval(6, BEAT, { signal });
  let beat;
  let next;
  try {
    for (;;) {
      signal.throwIfAborted();
      beat ??= beats.next();
      next ??= inbox.next();
      const first = Promise.race([next, beat]);
      const { done, value } = await at(1, first);
      if (done) return `${passed.size} passed`;
      if (value === BEAT) {
        beat = undefined;
      } else {
        next = undefined;
        await at(2, sleep(3));
        passed.add(value);
      }
    }
  } finally {
    // Stops the timer, once the pending beat is settled.
    void beats.return();
  }
}

/**
 * Passes the signal to the queue only: `take` returns a
 * message or rejects, never both, and after an abort it does
 * not wait any more.
 * @type {Program}
 */
export async function signalTake(env, { signal }) {
  const { at, sleep, setInterval, inbox, passed } = env;

  const over = new AbortController();
  const beats = setInterval(6, BEAT, { signal: over.signal });
  let beat;
  let next;
  try {
    for (;;) {
      beat ??= beats.next();
      next ??= inbox.take({ signal });
      const first = Promise.race([next, beat]);
      const { done, value } = await at(1, first);
      if (done) return `${passed.size} passed`;
      if (value === BEAT) {
        beat = undefined;
      } else {
        next = undefined;
        await at(2, sleep(3));
        passed.add(value);
      }
    }
  } finally {
    // Stops the timer at once, and with it the pending beat.
    over.abort();
  }
}

// --- what the programs are given ---

/**
 * @import {
 *   At, Inbox, Interval, NameSet, Sleep,
 * } from '../lab/types.js'
 * @import { CreateWorld } from '../lab/scenario.js'
 *
 * @typedef {object} Env
 * @property {At} at marks a numbered step
 * @property {Sleep} sleep setTimeout of node:timers/promises
 * @property {Interval} setInterval as node:timers/promises
 * @property {Inbox} inbox
 * @property {NameSet} passed what was passed on
 *
 * @callback Program
 * @param {Env} env
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<string>}
 */

/** @type {CreateWorld<Program>} */
export function createWorld(lab) {
  const sent = lab.set('sent');
  const queue = lab.queue('queue');
  const passed = lab.set('passed');

  return {
    call: (program, { name, ...task }, signal) => program({
      at: task.at,
      sleep: task.sleep,
      setInterval: task.setInterval,
      inbox: queue.for(name),
      passed: passed.for(name),
    }, { signal }),

    others: {
      async sender({ name, sleep }) {
        /** @param {string} message */
        const send = (message) => {
          sent.for(name).add(message);
          queue.push(name, message);
        };
        send('m1');
        await sleep(10);
        send('m2');
        await sleep(10);
        send('m3');
        await sleep(11);
        queue.close();
      },
    },
  };
}
