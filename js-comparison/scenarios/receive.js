// A loop waits for messages and for its heartbeat at once.
// Is a message ever lost?
//
//   (1) wait for a message, or for the heartbeat, every 6 ms
//   (2) wait 3 ms until the next stage is ready, pass it on
// Aborting the `signal` makes the heartbeat reject; that ends
// the loop. A message that was taken out is passed on first.

/**
 * @import { Program } from '../catalogue/receive.js'
 */

const BEAT = Symbol('beat');

/**
 * Asks for the next message in every round. A promise that has
 * lost the race is still in line for one: what it gets, nobody
 * reads.
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
    // Stops the timer. There is nothing to wait for.
    void beats.return();
  }
}

/**
 * Keeps the promise until it was read. The one that is still
 * in line when the loop ends takes a message with it.
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
    // Stops the timer. There is nothing to wait for.
    void beats.return();
  }
}

/**
 * Leaves the line when it stops waiting: `take` heeds a signal,
 * and gives a message to those only who still want one.
 * @type {Program}
 */
export async function signalTake(env, { signal }) {
  const { at, sleep, setInterval, inbox, passed } = env;

  const beats = setInterval(6, BEAT, { signal });
  let beat;
  try {
    for (;;) {
      signal.throwIfAborted();
      beat ??= beats.next();
      const over = new AbortController();
      const message = inbox.take({ signal: over.signal });
      const first = Promise.race([message, beat]);
      const { done, value } = await at(1, first)
        .finally(() => over.abort());
      if (done) return `${passed.size} passed`;
      if (value === BEAT) {
        beat = undefined;
      } else {
        await at(2, sleep(3));
        passed.add(value);
      }
    }
  } finally {
    // Stops the timer. There is nothing to wait for.
    void beats.return();
  }
}
