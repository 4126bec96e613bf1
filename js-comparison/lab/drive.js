// The driver: starts the tasks of the world, calls the caller, cuts, calls the
// probes, and waits for the end of the run.
//
// 1. Every promise that a program returns gets a handler for both outcomes at
//    once, and an error in such a handler fails the run: no error handler of the
//    host is called, whatever a program returns.
// 2. The caller is released once: when it is answered, or when it has left. The
//    n-th probe starts n ms later and is never cut.
// 3. A run that ends with its process ends as Node does: when no timer is left,
//    at once when main rejects, and at `exit`.

import { Lab } from './lab.js';
import { programOf } from './scenario.js';

/** @import { Cut } from './cut.js' */
/** @import { Event } from './recorder.js' */
/** @import { Scenario } from './scenario.js' */
/** @import { Backend, Outcome } from './types.js' */

/**
 * Runs one variant under one cut.
 * @template P
 * @param {Scenario<P>} scenario
 * @param {string} variant
 * @param {Cut} cut
 * @param {Backend} backend
 * @param {(event: Event) => void} [onEvent] is called at each event
 * @returns {Promise<Outcome>}
 * @throws {Error} if there is no such variant, or the backend has no such cut
 */
export async function drive(scenario, variant, cut, backend, onEvent) {
  const program = programOf(scenario, variant);
  const {
    who, caller, probes, others, process: endsWithProcess = false,
    horizon_ms: horizon = Infinity,
  } = scenario.contract;
  const lab = new Lab(backend);
  const { recorder } = lab;
  if (onEvent) recorder.listen(onEvent);
  const world = scenario.createWorld(lab);
  const controller = new AbortController();
  let cutReached = false;
  let callerLeft = false;
  let callerReleased = false;
  /** @type {ReturnType<Lab['state']> | undefined} */
  let stateAtExit;
  /** @type {{ error: unknown } | undefined} */
  let failure;
  const fail = (/** @type {unknown} */ error) => {
    failure ??= { error };
  };

  lab.onExit((code) => {
    recorder.record(caller, 'returned', { value: `exit ${code}` });
    endProcess(code);
  });
  for (const name of others) startOther(name);
  const atOnce = cut.kind === 'at-once';
  if (cut.kind !== 'none' && !atOnce) backend.plan(cut, cutNow, onCallerEffect);
  // An event inside comes before the first step, as in the other languages. A
  // caller that leaves has called: the synchronous part of the program has run.
  call(caller, controller.signal, atOnce && who === 'inside' ? cutNow : undefined);
  if (atOnce && who !== 'inside') cutNow();

  const ending = await backend.run(horizon, isOver);
  if (endsWithProcess) endProcess(0);
  recorder.close();
  if (failure) throw failure.error;
  const { events } = recorder;
  if (stateAtExit) {
    return { events, end: { ending: 'process', world: await stateAtExit, left: [] } };
  }
  return {
    events,
    end: {
      ending: cutReached || cut.kind === 'none' ? ending : 'unrealized',
      world: await lab.state(),
      left: backend.left().filter(({ name }) => !others.includes(name)),
    },
  };

  /**
   * Starts a task of the world.
   * @param {string} name
   */
  function startOther(name) {
    recorder.record(name, 'task-spawned');
    const finished = (async () => world.others?.[name](lab.task(name)))();
    finished.then(() => recorder.record(name, 'task-finished')).catch(fail);
  }

  /**
   * Calls the program for a task. Its synchronous part runs before this returns.
   * @param {string} name
   * @param {AbortSignal} signal
   * @param {() => void} [beforeFirstStep]
   */
  function call(name, signal, beforeFirstStep) {
    recorder.record(name, 'task-spawned');
    beforeFirstStep?.();
    // In an async function, what is thrown synchronously is a rejection, too.
    const returned = (async () => world.call(program, lab.task(name), signal))();
    returned.then(
      (value) => finish(name, { value: endsWithProcess ? 'exit 0' : String(value) }),
      (error) => finish(name, { error: describe(error) }, isAbortError(error)),
    ).catch(fail);
  }

  /**
   * @param {string} name
   * @param {{ value: string } | { error: string }} result
   * @param {boolean} [noticed] whether it returned because it was cancelled
   */
  function finish(name, result, noticed = false) {
    if (noticed) recorder.record(name, 'cancel-noticed');
    // Nothing is returned to a caller that has left.
    if (name !== caller || !callerLeft) recorder.record(name, 'returned', result);
    recorder.record(name, 'task-finished');
    if (endsWithProcess && 'error' in result) endProcess(1);
    if (name === caller) releaseCaller();
  }

  /** @param {number} code */
  function endProcess(code) {
    if (stateAtExit) return;
    recorder.record(caller, 'process-ended', { code });
    recorder.close();
    stateAtExit = lab.state();
  }

  function isOver() {
    return stateAtExit !== undefined
      || (endsWithProcess && backend.left().length === 0);
  }

  function cutNow() {
    cutReached = true;
    recorder.record(caller, 'cancel-requested');
    if (who === 'client') callerLeft = true;
    if (who === 'inside') world.fire?.();
    else controller.abort();
    if (callerLeft) releaseCaller();
  }

  /**
   * Subscribes to the effects of the caller and of the tasks that it spawned.
   * @param {() => void} listener
   */
  function onCallerEffect(listener) {
    recorder.listen(({ kind, task }) => {
      if (kind !== 'effect') return;
      if (task === caller || task.startsWith(`${caller}.`)) listener();
    });
  }

  function releaseCaller() {
    if (callerReleased) return;
    callerReleased = true;
    for (const [i, probe] of probes.entries()) {
      backend.after(i + 1, () => call(probe, new AbortController().signal));
    }
  }
}

/**
 * @param {unknown} error
 */
function isAbortError(error) {
  return error instanceof Error && error.name === 'AbortError';
}

/**
 * The message of an error, and of an AbortError its name: its message differs
 * from host to host.
 * @param {unknown} error
 */
function describe(error) {
  if (isAbortError(error)) return 'AbortError';
  return error instanceof Error ? error.message : String(error);
}
