// The driver: starts the world, calls the caller, cuts, lets the probes in, and
// waits for the end.
//
// 1. A program never runs under the driver's feet: it is called, and what it
//    answers is looked at when it answers.
// 2. Every promise that a program returns gets both handlers at once, and what
//    goes wrong in those is the run's own error. So whatever a program answers,
//    none of the host's error handlers fires.
// 3. The caller is released once: when it has its answer, or when it has left.
//    The n-th probe starts n ms later and is never cut.
// 4. A run that ends with the process ends as Node does: when the last timer has
//    rung, at once when main is rejected, and at exit().

import { Lab } from './lab.js';
import { programOf } from './program.js';

/** @import { Cut } from './cut.js' */
/** @import { Event } from './recorder.js' */
/** @import { Arm, Outcome, Scenario } from './types.js' */

/**
 * Runs one variant under one cut.
 * @template P
 * @param {Scenario<P>} scenario
 * @param {string} variant
 * @param {Cut} cut
 * @param {Arm} arm
 * @param {(event: Event) => void} [watch] is told of each event as it happens
 * @returns {Promise<Outcome>}
 * @throws {Error} if there is no such variant, or the arm has no such cut
 */
export async function drive(scenario, variant, cut, arm, watch) {
  const program = programOf(scenario, variant);
  const { who, caller, probes, others = [], endsProcess = false } = scenario;
  const lab = new Lab(arm);
  const { recorder } = lab;
  if (watch) recorder.listen(watch);
  const stage = scenario.stage(lab);
  const controller = new AbortController();
  let reached = false;
  let gone = false;
  let released = false;
  /** @type {ReturnType<Lab['world']> | undefined} what the process left behind */
  let legacy;
  /** @type {{ error: unknown } | undefined} */
  let fault;
  const failed = (/** @type {unknown} */ error) => {
    fault ??= { error };
  };

  lab.onExit((code) => {
    recorder.record(caller, 'returned', { value: `exit ${code}` });
    endProcess(code);
  });
  for (const name of others) start(name);
  const aimed = cut.kind !== 'none' && cut.kind !== 'at-once';
  if (aimed) arm.plan(cut, cutNow, onCallersEffect);
  // An event inside comes before the first step, as in the other languages; who
  // leaves has called, and the function's synchronous part has run.
  const [first, after] = cut.kind !== 'at-once' ? [] : who === 'inside' ? [cutNow] : [undefined, cutNow];
  call(caller, controller.signal, first);
  after?.();

  const { horizon = Infinity } = scenario;
  const end = await arm.run(horizon, nothingIsLeftToWaitFor);
  if (endsProcess) endProcess(0);
  recorder.close();
  if (fault) throw fault.error;
  const { events } = recorder;
  if (legacy) {
    return { events, end: { ending: 'process', world: await legacy, left: [] } };
  }
  return {
    events,
    end: {
      ending: reached || cut.kind === 'none' ? end : 'unrealized',
      world: await lab.world(),
      left: arm.left().filter(({ name }) => !others.includes(name)),
    },
  };

  /**
   * Starts a task of the world.
   * @param {string} name
   */
  function start(name) {
    recorder.record(name, 'task-spawned');
    const done = (async () => stage.others?.[name](lab.task(name)))();
    done.then(() => recorder.record(name, 'task-finished')).catch(failed);
  }

  /**
   * Calls the program for a task: its synchronous part runs in here.
   * @param {string} name
   * @param {AbortSignal} signal
   * @param {() => void} [first] what comes before its first step
   */
  function call(name, signal, first) {
    recorder.record(name, 'task-spawned');
    first?.();
    // Wrapped, so that a program that throws at once rejects like any other.
    const answer = (async () => stage.call(program, lab.task(name), signal))();
    answer.then(
      (value) => finish(name, { value: endsProcess ? 'exit 0' : String(value) }),
      (error) => finish(name, { error: described(error) }, isAbort(error)),
    ).catch(failed);
  }

  /**
   * @param {string} name
   * @param {{ value: string } | { error: string }} answer
   * @param {boolean} [noticed] whether it answers that it was cancelled
   */
  function finish(name, answer, noticed = false) {
    if (noticed) recorder.record(name, 'cancel-noticed');
    // A client that is gone is told nothing.
    if (name !== caller || !gone) recorder.record(name, 'returned', answer);
    recorder.record(name, 'task-finished');
    if (endsProcess && 'error' in answer) endProcess(1);
    if (name === caller) release();
  }

  /** @param {number} code */
  function endProcess(code) {
    if (legacy) return;
    recorder.record(caller, 'process-ended', { code });
    recorder.close();
    legacy = lab.world();
  }

  function nothingIsLeftToWaitFor() {
    return legacy !== undefined || (endsProcess && arm.left().length === 0);
  }

  function cutNow() {
    reached = true;
    recorder.record(caller, 'cancel-requested');
    if (who === 'client') gone = true;
    if (who === 'inside') stage.fire?.();
    else controller.abort();
    if (gone) release();
  }

  /**
   * Tells of each effect of the caller and of what it spawned.
   * @param {() => void} seen
   */
  function onCallersEffect(seen) {
    recorder.listen(({ kind, task }) => {
      if (kind !== 'effect') return;
      if (task === caller || task.startsWith(`${caller}.`)) seen();
    });
  }

  function release() {
    if (released) return;
    released = true;
    for (const [i, probe] of probes.entries()) {
      arm.after(i + 1, () => call(probe, new AbortController().signal));
    }
  }
}

/**
 * @param {unknown} error
 */
function isAbort(error) {
  return error instanceof Error && error.name === 'AbortError';
}

/**
 * What the caller is told. Of an AbortError only the name: its words differ
 * from host to host.
 * @param {unknown} error
 */
function described(error) {
  if (isAbort(error)) return 'AbortError';
  return error instanceof Error ? error.message : String(error);
}
